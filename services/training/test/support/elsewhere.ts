import { applicationContracts, registrationContracts } from "@safar/contracts";
import { applicationIdOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, type FactElsewhere } from "@safar/testing";

/** What other services record, by their contracts: training knows no more of them than that. */

/** Facts of the case's registration. */
export const registration = (kit: Kit, caseId: string, ...facts: readonly FactElsewhere[]) =>
  recordElsewhere(kit, registrationContracts, caseId, { caseId }, ...facts);

/** A case of an invented candidate of the branch 1726. */
export const register = (kit: Kit, caseId: string, n: number) =>
  recordElsewhere(
    kit,
    registrationContracts,
    caseId,
    { caseId, personId: kit.environment.random.uuid(), unit: "1726", region: "1726" },
    candidateRegistered(n),
  );

/** Selection's: an offer in a corridor was accepted. Gives the round that begins with it. */
export const acceptOffer = async (
  kit: Kit,
  caseId: string,
  corridor: { readonly country: string; readonly sector: string },
): Promise<string> => {
  const vacancyId = kit.environment.random.uuid();
  const applicationId = applicationIdOf(caseId, vacancyId);
  await recordElsewhere(
    kit,
    applicationContracts,
    applicationId,
    { caseId, destination: corridor.country },
    {
      type: "OfferAccepted",
      data: {
        applicationId,
        vacancyId,
        offerId: kit.environment.random.uuid(),
        employerId: kit.environment.random.uuid(),
        corridor,
        contractMonths: 24,
        terms: { wageMonth: { minor: 240_000, currency: "EUR" }, isco: "7112" },
      },
    },
  );
  return applicationId;
};

/** Whatever makes a case stop, and what it is called here. */
export const STOPS: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ["CandidateWithdrew", { reason: "family-reasons" }, "candidate-withdrew"],
  ["CaseSuspended", { reason: "document-check" }, "case-suspended"],
  ["ConsentWithdrawn", { withdrawnOn: "2026-02-16" }, "consent-withdrawn"],
  [
    "DuplicateSuspected",
    {
      otherCaseId: "0190f3c2-7b1a-4c3d-8e2f-00000000000a",
      otherPersonId: "0190f3c2-7b1a-4c3d-8e2f-00000000000b",
      basis: ["passport"],
    },
    "duplicate-suspected",
  ],
  ["CaseMerged", { intoCaseId: "0190f3c2-7b1a-4c3d-8e2f-00000000000a" }, "case-merged"],
  ["CaseClosed", { reason: "gave-up" }, "case-closed"],
];
