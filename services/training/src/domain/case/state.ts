import {
  evolveTrainingLifecycle,
  initialTrainingLifecycle,
  type CertificateIssued,
  type FactOf,
  type FactOfContract,
  type OrientationCompleted,
  type trainingContracts,
  type TrainingLifecycle,
  type TrainingOrdered,
  type TrainingTrack,
} from "@safar/contracts";
import type { CourseContent } from "./commands.ts";

/** How a track stands in one enrolment. */
export interface TrackResult {
  readonly attempts: number;
  readonly passed: boolean;
  readonly cefr?: FactOfContract<typeof CertificateIssued>["data"]["cefr"];
  /** Date of the next attempt, until it is held. */
  readonly retakeOn?: string;
}

export interface Enrolment {
  readonly courseId: string;
  /** Undefined while only facts about it are known. */
  readonly content: CourseContent | undefined;
  /** Present or not, by date. */
  readonly attendance: Readonly<Record<string, boolean>>;
  readonly results: Readonly<Partial<Record<TrainingTrack, TrackResult>>>;
  readonly cancelled: boolean;
}

export type TrainingOrder = FactOfContract<typeof TrainingOrdered>["data"];

export interface TrainingState {
  readonly lifecycle: TrainingLifecycle;
  /** The last one; each round of the journey has its own. */
  readonly order: TrainingOrder | undefined;
  readonly enrolments: Readonly<Record<string, Enrolment>>;
  readonly certificates: readonly FactOfContract<typeof CertificateIssued>["data"][];
  readonly orientations: readonly FactOfContract<typeof OrientationCompleted>["data"][];
}

export const initialTraining: TrainingState = {
  lifecycle: initialTrainingLifecycle,
  order: undefined,
  enrolments: {},
  certificates: [],
  orientations: [],
};

const unknownEnrolment: Enrolment = {
  courseId: "",
  content: undefined,
  attendance: {},
  results: {},
  cancelled: false,
};

const withEnrolment = (
  state: TrainingState,
  id: string,
  change: (enrolment: Enrolment) => Partial<Enrolment>,
): TrainingState => {
  const before = state.enrolments[id] ?? unknownEnrolment;
  return { ...state, enrolments: { ...state.enrolments, [id]: { ...before, ...change(before) } } };
};

const withResult = (
  state: TrainingState,
  fact: { readonly enrolmentId: string; readonly track: TrainingTrack },
  change: (result: TrackResult) => TrackResult,
): TrainingState =>
  withEnrolment(state, fact.enrolmentId, ({ results }) => ({
    results: { ...results, [fact.track]: change(results[fact.track] ?? { attempts: 0, passed: false }) },
  }));

type Fact = FactOf<typeof trainingContracts>;

const withData = (state: TrainingState, fact: Fact): TrainingState => {
  switch (fact.type) {
    case "TrainingOrdered":
      return { ...state, order: fact.data };
    case "Enrolled": {
      const { enrolmentId, courseId, ...content } = fact.data;
      return withEnrolment(state, enrolmentId, () => ({ courseId, content }));
    }
    case "AttendanceRecorded":
      return withEnrolment(state, fact.data.enrolmentId, ({ attendance }) => ({
        attendance: { ...attendance, [fact.data.on]: fact.data.present },
      }));
    case "AssessmentPassed": {
      const { attempt, cefr } = fact.data;
      return withResult(state, fact.data, ({ attempts }) => ({
        attempts: Math.max(attempts, attempt),
        passed: true,
        ...(cefr === undefined ? {} : { cefr }),
      }));
    }
    case "AssessmentFailed":
      return withResult(state, fact.data, ({ retakeOn: _held, ...result }) => ({
        ...result,
        attempts: Math.max(result.attempts, fact.data.attempt),
      }));
    case "RetakeScheduled":
      return withResult(state, fact.data, (result) => ({ ...result, retakeOn: fact.data.scheduledFor }));
    case "CertificateIssued":
      return { ...state, certificates: [...state.certificates, fact.data] };
    case "OrientationCompleted":
      return { ...state, orientations: [...state.orientations, fact.data] };
    case "EnrolmentCancelled":
      return withEnrolment(state, fact.data.enrolmentId, () => ({ courseId: fact.data.courseId, cancelled: true }));
  }
};

export const evolveTraining = (state: TrainingState, fact: Fact): TrainingState => ({
  ...withData(state, fact),
  lifecycle: evolveTrainingLifecycle(state.lifecycle, fact),
});
