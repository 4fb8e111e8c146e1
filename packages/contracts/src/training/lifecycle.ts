import type { FactOf } from "../contract-set.ts";
import type { trainingContracts } from "./training.ts";
import type { TrainingTrack } from "./course.ts";

/**
 * The states of a case's training. `expired` and `revoked` come with `CertificateExpired` and `CertificateRevoked`,
 * `ImpersonationDetected` and `AttendanceBelowThreshold` with the checks that find them.
 */
export type TrainingStatus = "ordered" | "enrolled" | "inProgress" | "assessed" | "certified";

/** One seat in one course, as far as its stage needs it. */
export interface EnrolmentLife {
  readonly tracks: readonly TrainingTrack[];
  readonly attended: boolean;
  readonly assessed: boolean;
  /** Tracks with a certificate, or an orientation that was completed. */
  readonly certified: readonly TrainingTrack[];
  readonly cancelled: boolean;
}

/** A case may be in several courses; its state is that of the one that changed last and still counts. */
export interface TrainingLifecycle {
  readonly enrolments: Readonly<Record<string, EnrolmentLife>>;
  /** Ids of enrolments, the last changed one at the end. */
  readonly changed: readonly string[];
  /** There is an order, and everything it asked for was there. */
  readonly nothingMissing: boolean;
  readonly holdsCertificate: boolean;
}

export const initialTrainingLifecycle: TrainingLifecycle = {
  enrolments: {},
  changed: [],
  nothingMissing: false,
  holdsCertificate: false,
};

const unknownEnrolment: EnrolmentLife = {
  tracks: [],
  attended: false,
  assessed: false,
  certified: [],
  cancelled: false,
};

const withEnrolment = (
  life: TrainingLifecycle,
  id: string,
  change: (enrolment: EnrolmentLife) => EnrolmentLife,
): TrainingLifecycle => ({
  ...life,
  enrolments: { ...life.enrolments, [id]: change(life.enrolments[id] ?? unknownEnrolment) },
  changed: [...life.changed.filter((other) => other !== id), id],
});

const withCertified = (life: TrainingLifecycle, id: string, track: TrainingTrack): TrainingLifecycle =>
  withEnrolment(life, id, (enrolment) => ({
    ...enrolment,
    certified: [...new Set([...enrolment.certified, track])],
  }));

type Fact = FactOf<typeof trainingContracts>;

/** Pure and total: any event in any order. Used by training itself and by every reader of its events. */
export const evolveTrainingLifecycle = (life: TrainingLifecycle, fact: Fact): TrainingLifecycle => {
  switch (fact.type) {
    case "TrainingOrdered":
      return { ...life, nothingMissing: fact.data.missing.length === 0 };
    case "Enrolled":
      return withEnrolment(life, fact.data.enrolmentId, (enrolment) => ({ ...enrolment, tracks: fact.data.tracks }));
    case "AttendanceRecorded":
    case "RetakeScheduled":
      return withEnrolment(life, fact.data.enrolmentId, (enrolment) => ({
        ...enrolment,
        attended: true,
        // A retake reopens what was assessed; attendance that is recorded late does not.
        assessed: fact.type === "RetakeScheduled" ? false : enrolment.assessed,
      }));
    case "AssessmentPassed":
    case "AssessmentFailed":
      return withEnrolment(life, fact.data.enrolmentId, (enrolment) => ({ ...enrolment, assessed: true }));
    case "CertificateIssued":
      return withCertified({ ...life, holdsCertificate: true }, fact.data.enrolmentId, fact.data.track);
    case "OrientationCompleted": {
      const certified = { ...life, holdsCertificate: true };
      const { enrolmentId } = fact.data;
      return enrolmentId === undefined ? certified : withCertified(certified, enrolmentId, "orientation");
    }
    case "EnrolmentCancelled":
      return withEnrolment(life, fact.data.enrolmentId, (enrolment) => ({ ...enrolment, cancelled: true }));
  }
};

/** Every track of it has its certificate: trade and language both, where the course has both. */
export const isCertified = ({ tracks, certified }: EnrolmentLife): boolean =>
  tracks.length > 0 && tracks.every((track) => certified.includes(track));

export const enrolmentStage = (enrolment: EnrolmentLife): TrainingStatus => {
  if (isCertified(enrolment)) return "certified";
  if (enrolment.assessed || enrolment.certified.length > 0) return "assessed";
  return enrolment.attended ? "inProgress" : "enrolled";
};

/** The lifecycle's word for it. */
export const trainingStatus = (life: TrainingLifecycle): TrainingStatus => {
  const counting = life.changed
    .map((id) => life.enrolments[id] ?? unknownEnrolment)
    .filter((enrolment) => !enrolment.cancelled || isCertified(enrolment));
  const last = counting.at(-1);
  if (last) return enrolmentStage(last);
  return life.nothingMissing || life.holdsCertificate ? "certified" : "ordered";
};
