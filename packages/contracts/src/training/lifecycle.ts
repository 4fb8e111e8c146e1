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

/** A case may be in several courses; its state is that of what changed last and still counts. */
export interface TrainingLifecycle {
  readonly enrolments: Readonly<Record<string, EnrolmentLife>>;
  /** Ids of enrolments and `ORDER`, what changed last at the end. */
  readonly changed: readonly string[];
}

/** An order that still misses something, among the ids of enrolments. */
const ORDER = "order";

export const initialTrainingLifecycle: TrainingLifecycle = { enrolments: {}, changed: [] };

const unknownEnrolment: EnrolmentLife = {
  tracks: [],
  attended: false,
  assessed: false,
  certified: [],
  cancelled: false,
};

const changedLast = ({ changed }: TrainingLifecycle, id: string): readonly string[] => [
  ...changed.filter((other) => other !== id),
  id,
];

const withEnrolment = (
  life: TrainingLifecycle,
  id: string,
  change: (enrolment: EnrolmentLife) => EnrolmentLife,
): TrainingLifecycle => ({
  enrolments: { ...life.enrolments, [id]: change(life.enrolments[id] ?? unknownEnrolment) },
  changed: changedLast(life, id),
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
      // Where nothing is missing, what is held already says how the training stands.
      return fact.data.missing.length === 0 ? life : { ...life, changed: changedLast(life, ORDER) };
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
      return withCertified(life, fact.data.enrolmentId, fact.data.track);
    case "OrientationCompleted":
      // Without a seat in a course it stands for itself.
      return withCertified(life, fact.data.enrolmentId ?? `orientation ${fact.data.destination}`, "orientation");
    case "EnrolmentCancelled":
      return withEnrolment(life, fact.data.enrolmentId, (enrolment) => ({ ...enrolment, cancelled: true }));
  }
};

/** Every track of it has its certificate: trade and language both, where the course has both. */
export const isCertified = ({ tracks, certified }: EnrolmentLife): boolean =>
  certified.length > 0 && tracks.every((track) => certified.includes(track));

const enrolmentStage = (enrolment: EnrolmentLife): TrainingStatus => {
  if (isCertified(enrolment)) return "certified";
  if (enrolment.assessed || enrolment.certified.length > 0) return "assessed";
  return enrolment.attended ? "inProgress" : "enrolled";
};

/** The lifecycle's word for it. */
export const trainingStatus = (life: TrainingLifecycle): TrainingStatus => {
  const stages = life.changed.flatMap((id): TrainingStatus[] => {
    if (id === ORDER) return ["ordered"];
    const enrolment = life.enrolments[id] ?? unknownEnrolment;
    return enrolment.cancelled && !isCertified(enrolment) ? [] : [enrolmentStage(enrolment)];
  });
  return stages.at(-1) ?? "ordered";
};
