import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { cefr, country, isco, reasonCode, uuid } from "../fields.ts";

/**
 * `candidacy-<caseId>`: what selection holds of a case as a whole. Whether its CV is open to matching, and the one
 * offer that it has accepted: the limit over all its applications.
 */

/** The CV as far as matching needs it; a later one replaces it. */
export const CvOpenedToMatching = event(
  "CvOpenedToMatching",
  z.strictObject({
    isco,
    experienceYears: z.int().min(0).max(80),
    languages: z.array(z.strictObject({ tag: z.string(), cefr: cefr.optional() })),
    destinations: z.array(country),
  }),
).published();
/** Sharing stops. */
export const CvClosedToMatching = event("CvClosedToMatching", z.strictObject({ reason: reasonCode })).published();

const acceptance = { applicationId: uuid, offerId: uuid, caseId: uuid };
/** Before the acceptance is on record in the application's stream. */
export const AcceptanceReserved = event("AcceptanceReserved", z.strictObject(acceptance));
export const AcceptanceReleased = event("AcceptanceReleased", z.strictObject({ ...acceptance, reason: reasonCode }));

export const candidacyContracts = contractSet({
  category: "candidacy",
  service: "selection",
  subject: "case",
  contracts: [CvOpenedToMatching, CvClosedToMatching, AcceptanceReserved, AcceptanceReleased],
});
