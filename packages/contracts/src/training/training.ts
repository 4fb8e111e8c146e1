import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { cefr, corridorField, country, isco, isoDate, reasonCode, uuid } from "../fields.ts";
import { courseContent, trainingTrack } from "./course.ts";

/** What the corridor's requirement set still misses at the acceptance of an offer; empty: all of it is there. */
export const TrainingOrdered = event(
  "TrainingOrdered",
  z.strictObject({
    round: uuid,
    corridor: corridorField,
    /** With the corridor it names the requirement set that was applied. */
    requirementSetFrom: isoDate,
    missing: z.array(trainingTrack),
    language: z.strictObject({ tag: z.string(), cefr }).optional(),
    orientation: country.optional(),
  }),
).published();

export const Enrolled = event(
  "Enrolled",
  z.strictObject({ enrolmentId: uuid, courseId: uuid, ...courseContent }),
).published();

export const AttendanceRecorded = event(
  "AttendanceRecorded",
  z.strictObject({ enrolmentId: uuid, on: isoDate, present: z.boolean() }),
).published();

const assessment = {
  enrolmentId: uuid,
  track: trainingTrack,
  /** 1 for the first sitting. */
  attempt: z.int().min(1),
  heldOn: isoDate,
  /** Of a hundred. */
  score: z.number().min(0).max(100).optional(),
};
export const AssessmentPassed = event(
  "AssessmentPassed",
  z.strictObject({ ...assessment, cefr: cefr.optional() }),
).published();
export const AssessmentFailed = event("AssessmentFailed", z.strictObject(assessment)).published();

export const RetakeScheduled = event(
  "RetakeScheduled",
  z.strictObject({ enrolmentId: uuid, track: trainingTrack, attempt: z.int().min(2), scheduledFor: isoDate }),
).published();

export const CertificateIssued = event(
  "CertificateIssued",
  z.strictObject({
    certificateId: uuid,
    enrolmentId: uuid,
    /** As the provider's own register has it. */
    number: z.string().min(1).max(64),
    track: trainingTrack,
    isco: isco.optional(),
    /** BCP 47, canonical. */
    language: z.string().optional(),
    cefr: cefr.optional(),
    /** Grade or category of a trade, in the provider's own words. */
    level: z.string().min(1).max(64).optional(),
    issuedOn: isoDate,
    validUntil: isoDate,
    /** Whoever holds the certificate shows it to have the certificate looked up. */
    verificationCode: z.string().regex(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/),
  }),
).published();

/** Stand-ins sat orientations elsewhere (numbers.md): there is no completion without a proven identity. */
export const OrientationCompleted = event(
  "OrientationCompleted",
  z.strictObject({
    destination: country,
    moduleVersion: z.string().min(1).max(40),
    completedOn: isoDate,
    identityProven: z.literal(true),
    identityMethod: z.enum(["document", "face-id"]),
    /** Absent where the module was taken without a seat in a course. */
    enrolmentId: uuid.optional(),
  }),
).published();

export const EnrolmentCancelled = event(
  "EnrolmentCancelled",
  z.strictObject({ enrolmentId: uuid, courseId: uuid, reason: reasonCode }),
).published();

export const trainingContracts = contractSet({
  category: "training",
  service: "training",
  subject: "case",
  contracts: [
    TrainingOrdered,
    Enrolled,
    AttendanceRecorded,
    AssessmentPassed,
    AssessmentFailed,
    RetakeScheduled,
    CertificateIssued,
    OrientationCompleted,
    EnrolmentCancelled,
  ],
});
