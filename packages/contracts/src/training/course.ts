import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { cefr, country, isco, isoDate, reasonCode, uuid } from "../fields.ts";

/** What a course teaches. "Kasb + til" is a course of two tracks, trade and language (glossary.md). */
export const trainingTrack = z.enum(["trade", "language", "orientation", "softSkills"]);
export type TrainingTrack = z.infer<typeof trainingTrack>;

/** The largest cohort: one course is one stream, and its end reaches every seat of it in one go. */
export const MAX_COURSE_CAPACITY = 500;

/** What a seat in a course teaches; copied into the enrolment, so that a case's stream tells its own story. */
export const courseContent = {
  /** The centre that teaches; an organisation, never a person. */
  provider: z.string().min(1).max(200),
  tracks: z.array(trainingTrack).min(1),
  /** Of a trade. */
  isco: isco.optional(),
  /** BCP 47, of a language, with the level that the course leads to. */
  language: z.string().optional(),
  cefr: cefr.optional(),
  /** Of an orientation. */
  destination: country.optional(),
};

export const CourseOffered = event(
  "CourseOffered",
  z.strictObject({
    ...courseContent,
    capacity: z.int().min(1).max(MAX_COURSE_CAPACITY),
    cohort: z.string().min(1).max(100),
    /** Costs the candidate nothing. */
    free: z.boolean(),
    startsOn: isoDate.optional(),
    endsOn: isoDate.optional(),
  }),
).published();

/** A seat belongs to an enrolment, not to a case: who enrols again takes a new seat. */
const seat = { enrolmentId: uuid, caseId: uuid };
export const SeatReserved = event("SeatReserved", z.strictObject(seat)).published();
export const SeatReleased = event("SeatReleased", z.strictObject({ ...seat, reason: reasonCode })).published();

export const CourseStarted = event("CourseStarted", z.strictObject({ startedOn: isoDate })).published();
export const CourseCompleted = event("CourseCompleted", z.strictObject({ completedOn: isoDate })).published();
/** Every seat in it is released by what follows in its cases. */
export const CourseCancelled = event("CourseCancelled", z.strictObject({ reason: reasonCode })).published();

export const courseContracts = contractSet({
  category: "course",
  service: "training",
  subject: "course",
  contracts: [CourseOffered, SeatReserved, SeatReleased, CourseStarted, CourseCompleted, CourseCancelled],
});
