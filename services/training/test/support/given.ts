import { fold, type Decision } from "@safar/kernel";
import type { courseContracts, FactOf, trainingContracts } from "@safar/contracts";
import type { CourseCommand } from "../../src/domain/course/commands.ts";
import { decideCourse } from "../../src/domain/course/decide.ts";
import { evolveCourse, initialCourse } from "../../src/domain/course/state.ts";
import type { TrainingCommand } from "../../src/domain/case/commands.ts";
import { decideTraining } from "../../src/domain/case/decide.ts";
import { evolveTraining, initialTraining } from "../../src/domain/case/state.ts";

export type CourseFact = FactOf<typeof courseContracts>;
export type TrainingFact = FactOf<typeof trainingContracts>;

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenCourse = (...facts: readonly CourseFact[]) => ({
  decide: (command: CourseCommand) => decideCourse(fold(evolveCourse, initialCourse, facts), command),
  when: (command: CourseCommand) => outcome(decideCourse(fold(evolveCourse, initialCourse, facts), command)),
});

export const givenTraining = (...facts: readonly TrainingFact[]) => {
  const state = fold(evolveTraining, initialTraining, facts);
  return {
    state,
    decide: (command: TrainingCommand) => decideTraining(state, command),
    when: (command: TrainingCommand) => outcome(decideTraining(state, command)),
  };
};

/** Ids that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

export const offer = {
  provider: "Toshkent kasb-hunar markazi",
  tracks: ["trade", "language"] as ("trade" | "language")[],
  isco: "7112",
  language: "de",
  cefr: "B1" as const,
  capacity: 2,
  cohort: "2026-03",
  free: true,
};
export const { capacity: _capacity, cohort: _cohort, free: _free, ...content } = offer;

export const enrolled = (n: number, given: object = {}): TrainingFact => ({
  type: "Enrolled",
  data: { enrolmentId: id(n), courseId: id(100 + n), ...content, ...given },
});
export const passed = (n: number, track: "trade" | "language" | "softSkills", given: object = {}): TrainingFact => ({
  type: "AssessmentPassed",
  data: { enrolmentId: id(n), track, attempt: 1, heldOn: "2026-06-20", ...given },
});
export const failed = (n: number, track: "trade" | "language" | "softSkills"): TrainingFact => ({
  type: "AssessmentFailed",
  data: { enrolmentId: id(n), track, attempt: 1, heldOn: "2026-06-01" },
});
export const certified = (n: number, track: "trade" | "language", given: object = {}): TrainingFact => ({
  type: "CertificateIssued",
  data: {
    certificateId: id(500 + n),
    enrolmentId: id(n),
    number: `TKM-${n}`,
    track,
    ...(track === "language" ? { language: "de", cefr: "B1" as const } : { isco: "7112" }),
    issuedOn: "2026-06-26",
    validUntil: "2028-06-25",
    verificationCode: "7F3A-09C2-D41B-88E0",
    ...given,
  },
});
export const oriented = (destination: string, given: object = {}): TrainingFact => ({
  type: "OrientationCompleted",
  data: {
    destination,
    moduleVersion: "1",
    completedOn: "2026-07-01",
    identityProven: true,
    identityMethod: "document",
    ...given,
  },
});
export const cancelled = (n: number): TrainingFact => ({
  type: "EnrolmentCancelled",
  data: { enrolmentId: id(n), courseId: id(100 + n), reason: "candidate-withdrew" },
});
