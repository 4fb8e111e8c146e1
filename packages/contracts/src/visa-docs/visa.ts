import { z } from "zod";
import { event } from "../event.ts";
import { freeText, isoDate, moneySchema, reasonCode, uuid } from "../fields.ts";
import { personal } from "../personal.ts";

const of = { of: "personId" } as const;

export const GroupMemberAdded = event(
  "GroupMemberAdded",
  z.strictObject({ round: uuid, submissionId: uuid }),
).published();

/** A member left the group before or at its submission; the others go on. */
export const GroupMemberDropped = event(
  "GroupMemberDropped",
  z.strictObject({ round: uuid, submissionId: uuid, reason: reasonCode }),
).published();

export const VisaSubmitted = event(
  "VisaSubmitted",
  z.strictObject({
    round: uuid,
    /** Absent: alone. */
    submissionId: uuid.optional(),
    submittedOn: isoDate,
  }),
).published();

/** Any sum asked of a migrant is on record (numbers.md): who bore it, and against which receipt. */
export const VisaFeePaid = event(
  "VisaFeePaid",
  z.strictObject({
    round: uuid,
    amount: moneySchema,
    paidBy: z.enum(["candidate", "employer", "agency", "fund"]),
    receiptNumber: z.string().regex(/^[A-Za-z0-9/-]{1,40}$/),
    paidOn: isoDate,
  }),
).published();

export const VisaGranted = event(
  "VisaGranted",
  z.strictObject({
    round: uuid,
    visaNumber: personal(z.string().min(1).max(40), of),
    validFrom: isoDate.optional(),
    validUntil: isoDate,
  }),
).published();

export const VisaRefused = event(
  "VisaRefused",
  z.strictObject({
    round: uuid,
    reason: reasonCode,
    /** The last day of an appeal. */
    appealUntil: isoDate,
    refusedOn: isoDate,
    /** In plain words, for the candidate. */
    explanation: personal(freeText, of).optional(),
  }),
).published();

export const VisaAppealFiled = event("VisaAppealFiled", z.strictObject({ round: uuid, filedOn: isoDate })).published();

/** `overturned`: the embassy takes the application up again and answers anew. */
export const VisaAppealDecided = event(
  "VisaAppealDecided",
  z.strictObject({ round: uuid, outcome: z.enum(["overturned", "upheld"]), decidedOn: isoDate }),
).published();
