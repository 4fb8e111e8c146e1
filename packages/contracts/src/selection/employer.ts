import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { country, isoDate, sha256, uuid } from "../fields.ts";

/** An organisation, never a person: its stream holds no personal field. */
export const EmployerRegistered = event(
  "EmployerRegistered",
  z.strictObject({
    name: z.string().min(1).max(200),
    country: country.optional(),
    /** In the trade register of its country. */
    registrationNumber: z.string().min(1).max(64).optional(),
    importId: uuid.optional(),
  }),
).published();

/** Agreements are typed, or they are counted twice (numbers.md, 7). */
export const AGREEMENT_KINDS = ["intergovernmental", "interagency", "memorandum", "partner-contract"] as const;

/** Starts the deadline for entering its vacancies (work plan 2.2.6). */
export const PartnerContractSigned = event(
  "PartnerContractSigned",
  z.strictObject({
    contractId: uuid,
    kind: z.enum(AGREEMENT_KINDS),
    number: z.string().min(1).max(64),
    signedOn: isoDate,
    validUntil: isoDate.optional(),
    sha256: sha256.optional(),
  }),
).published();

export const employerContracts = contractSet({
  category: "employer",
  service: "selection",
  subject: "employer",
  contracts: [EmployerRegistered, PartnerContractSigned],
});
