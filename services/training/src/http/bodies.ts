import {
  cefr,
  country,
  isco,
  isoDate,
  MAX_COURSE_CAPACITY,
  normaliseLanguage,
  reasonCode,
  trainingTrack,
  uuid,
} from "@safar/contracts";
import { z } from "zod";

/** From when a fact counts, where that is not now (it is entered late). */
const effectiveAt = z.iso.datetime().optional();
const assessedTrack = trainingTrack.exclude(["orientation"]);
/** BCP 47, brought to its canonical form. */
const language = z
  .string()
  .max(35)
  .refine((tag) => normaliseLanguage(tag) !== undefined)
  .transform((tag) => normaliseLanguage(tag) ?? tag);

export const offerBody = z.strictObject({
  provider: z.string().min(1).max(200),
  tracks: z.array(trainingTrack).min(1).max(4),
  isco: isco.optional(),
  language: language.optional(),
  cefr: cefr.optional(),
  destination: country.optional(),
  capacity: z.int().min(1).max(MAX_COURSE_CAPACITY),
  cohort: z.string().min(1).max(100),
  free: z.boolean(),
  startsOn: isoDate.optional(),
  endsOn: isoDate.optional(),
});

export const startBody = z.strictObject({ startedOn: isoDate.optional(), effectiveAt });
export const completionBody = z.strictObject({ completedOn: isoDate.optional(), effectiveAt });
export const reasonBody = z.strictObject({ reason: reasonCode });

export const enrolmentBody = z.strictObject({ courseId: uuid });
export const attendanceBody = z.strictObject({
  enrolmentId: uuid,
  /** Today where it is left out. */
  on: isoDate.optional(),
  present: z.boolean(),
  effectiveAt,
});
export const assessmentBody = z.strictObject({
  enrolmentId: uuid,
  track: assessedTrack,
  passed: z.boolean(),
  heldOn: isoDate.optional(),
  score: z.number().min(0).max(100).optional(),
  cefr: cefr.optional(),
  effectiveAt,
});
export const retakeBody = z.strictObject({ enrolmentId: uuid, track: assessedTrack, scheduledFor: isoDate });
export const certificateBody = z.strictObject({
  enrolmentId: uuid,
  track: assessedTrack,
  number: z.string().min(1).max(64),
  level: z.string().min(1).max(64).optional(),
  issuedOn: isoDate.optional(),
  validUntil: isoDate,
  effectiveAt,
});
export const orientationBody = z.strictObject({
  /** Either the seat in a course, whose destination it is, or the destination. */
  enrolmentId: uuid.optional(),
  destination: country.optional(),
  moduleVersion: z.string().min(1).max(40),
  completedOn: isoDate.optional(),
  identityProven: z.boolean(),
  identityMethod: z.enum(["document", "face-id"]),
  effectiveAt,
});
export const cancellationBody = z.strictObject({ enrolmentId: uuid, reason: reasonCode });
