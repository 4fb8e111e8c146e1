import {
  country,
  documentKind,
  freeText,
  isoDate,
  MAX_SUBMISSION_PLACES,
  moneySchema,
  reasonCode,
  sha256,
  uuid,
  workTermsSchema,
} from "@safar/contracts";
import { tashkentDate } from "@safar/kernel";
import { z } from "zod";

/** From when a fact counts, where that is not now (it is entered late). */
const effectiveAt = z.iso.datetime().optional();
const late = z.strictObject({ effectiveAt });

/** The day of a fact: of the instant from which it counts, or else today. Tashkent dates. */
export const dayOf = (body: { readonly effectiveAt?: string | undefined }, today: string): string =>
  body.effectiveAt === undefined ? today : tashkentDate(Date.parse(body.effectiveAt));

export const documentBody = z.strictObject({
  kind: documentKind,
  /** As the answer to the upload named it. */
  sha256,
  /** The document that this one takes the place of. */
  replaces: uuid.optional(),
  effectiveAt,
});
export const verificationBody = z.strictObject({
  documentId: uuid,
  /** Of a passport: both lines of its machine readable zone. It is compared with the form and never kept. */
  mrz: z.string().min(1).max(200).optional(),
  effectiveAt,
});
export const rejectionBody = z.strictObject({ documentId: uuid, reason: reasonCode, effectiveAt });

export const medicalBody = late;
/** The result's class and its validity; a diagnosis has no place here. */
export const medicalResultBody = z.discriminatedUnion("resultClass", [
  z.strictObject({
    examinationId: uuid.optional(),
    resultClass: z.enum(["fit", "fit-with-limits"]),
    validUntil: isoDate,
    effectiveAt,
  }),
  z.strictObject({
    examinationId: uuid.optional(),
    resultClass: z.literal("unfit"),
    validUntil: isoDate.optional(),
    effectiveAt,
  }),
]);

export const contractBody = z.strictObject({
  sha256,
  /** As the contract says them. */
  terms: workTermsSchema,
  startsOn: isoDate,
  method: z.enum(["face-id", "document"]),
  effectiveAt,
});

export const submissionBody = late;
export const feeBody = z.strictObject({
  amount: moneySchema,
  paidBy: z.enum(["candidate", "employer", "agency", "fund"]),
  receiptNumber: z.string().regex(/^[A-Za-z0-9/-]{1,40}$/),
  effectiveAt,
});
export const grantBody = z.strictObject({
  visaNumber: z.string().min(1).max(40),
  validFrom: isoDate.optional(),
  validUntil: isoDate,
  effectiveAt,
});
export const refusalBody = z.strictObject({
  reason: reasonCode,
  /** In plain words, for the candidate. */
  explanation: freeText.optional(),
  effectiveAt,
});
export const appealBody = late;
export const appealDecisionBody = z.strictObject({ outcome: z.enum(["overturned", "upheld"]), effectiveAt });

export const planBody = z.strictObject({
  destination: country,
  places: z.int().min(1).max(MAX_SUBMISSION_PLACES),
  plannedFor: isoDate.optional(),
});
export const memberBody = z.strictObject({});
export const dropBody = z.strictObject({ reason: reasonCode });
export const dispatchBody = late;
