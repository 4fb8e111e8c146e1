import { z } from "zod";
import { event } from "../event.ts";
import { isoDate, uuid } from "../fields.ts";

/** Of an examination only the result's class and its validity are kept, never a diagnosis (glossary.md). */
export const MedicalOrdered = event(
  "MedicalOrdered",
  z.strictObject({ examinationId: uuid, orderedOn: isoDate }),
).published();

export const MedicalPassed = event(
  "MedicalPassed",
  z.strictObject({
    examinationId: uuid,
    resultClass: z.enum(["fit", "fit-with-limits"]),
    validUntil: isoDate,
  }),
).published();

export const MedicalFailed = event(
  "MedicalFailed",
  z.strictObject({
    examinationId: uuid,
    resultClass: z.literal("unfit"),
    /** A further examination makes no sense before it. */
    validUntil: isoDate.optional(),
  }),
).published();
