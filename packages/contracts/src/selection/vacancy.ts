import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { isoDate, reasonCode, uuid } from "../fields.ts";
import { corridorKeySchema, sourceChannelSchema, vacancyRequirementsSchema, workTermsSchema } from "./terms.ts";

const positions = z.int().min(1);
const contractMonths = z.int().min(1).max(600);
const criteriaVersion = z.int().min(1);

export const VacancyPublished = event(
  "VacancyPublished",
  z.strictObject({
    employerId: uuid,
    sourceChannel: sourceChannelSchema,
    corridor: corridorKeySchema,
    positions,
    contractMonths,
    terms: workTermsSchema,
    requirements: vacancyRequirementsSchema,
    criteriaVersion,
    /** Of the employer's own stream, where the vacancy came with a contract that is recorded there. */
    contractId: uuid.optional(),
    contractSignedOn: isoDate.optional(),
    enteredOn: isoDate,
    /** Codes of import.md: published all the same, to be looked at by a person. */
    warnings: z.array(z.string()),
    importId: uuid.optional(),
    importRow: z.int().optional(),
  }),
).published();

/** Only what changes is given. Other requirements make another criteria version. */
export const VacancyRevised = event(
  "VacancyRevised",
  z.strictObject({
    reason: reasonCode,
    positions: positions.optional(),
    contractMonths: contractMonths.optional(),
    terms: workTermsSchema.optional(),
    requirements: vacancyRequirementsSchema.optional(),
    criteriaVersion: criteriaVersion.optional(),
  }),
).published();

/** Somebody applies: from now on the requirements stay as they are, so that all applicants are measured by the same. */
export const CriteriaFixed = event(
  "CriteriaFixed",
  z.strictObject({ criteriaVersion, applicationId: uuid, caseId: uuid }),
).published();

/** A position belongs to an offer, not to an application: who is offered it again takes a position again. */
const position = { offerId: uuid, applicationId: uuid, caseId: uuid };
/** At the offer, before it is on record in the application's stream. */
export const PositionReserved = event("PositionReserved", z.strictObject(position)).published();
/** At the offer's acceptance. */
export const PositionTaken = event("PositionTaken", z.strictObject(position)).published();
export const PositionReleased = event(
  "PositionReleased",
  z.strictObject({ ...position, reason: reasonCode, wasTaken: z.boolean() }),
).published();

/** Every position is taken. A release opens the vacancy again. */
export const VacancyFilled = event("VacancyFilled", z.strictObject({ positions })).published();

/** It was entered later after the contract than the policy of that time allowed (work plan 2.2.6). */
export const VacancyEntryOverdue = event(
  "VacancyEntryOverdue",
  z.strictObject({
    policy: z.string(),
    policyVersion: z.int().min(1),
    contractSignedOn: isoDate,
    dueOn: isoDate,
    enteredOn: isoDate,
  }),
).published();

export const vacancyContracts = contractSet({
  category: "vacancy",
  service: "selection",
  subject: "vacancy",
  contracts: [
    VacancyPublished,
    VacancyRevised,
    CriteriaFixed,
    PositionReserved,
    PositionTaken,
    PositionReleased,
    VacancyFilled,
    VacancyEntryOverdue,
  ],
});
