import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { country, isoDate, reasonCode, uuid } from "../fields.ts";

/** An embassy's day of appointments; a group's end reaches every member in one go. */
export const MAX_SUBMISSION_PLACES = 200;

/** `submission-<id>`: applications that are handed in together. It holds places and no personal field. */
export const SubmissionPlanned = event(
  "SubmissionPlanned",
  z.strictObject({
    destination: country,
    places: z.int().min(1).max(MAX_SUBMISSION_PLACES),
    plannedFor: isoDate.optional(),
  }),
).published();

export const SubmissionPlaceReserved = event("SubmissionPlaceReserved", z.strictObject({ caseId: uuid })).published();
export const SubmissionPlaceReleased = event(
  "SubmissionPlaceReleased",
  z.strictObject({ caseId: uuid, reason: reasonCode }),
).published();

/** Handed in for whoever holds a place; what becomes of each is in the member's own stream. */
export const SubmissionSent = event(
  "SubmissionSent",
  z.strictObject({ submittedOn: isoDate, caseIds: z.array(uuid).min(1).max(MAX_SUBMISSION_PLACES) }),
).published();

export const submissionContracts = contractSet({
  category: "submission",
  service: "visa-docs",
  subject: "submission",
  contracts: [SubmissionPlanned, SubmissionPlaceReserved, SubmissionPlaceReleased, SubmissionSent],
});
