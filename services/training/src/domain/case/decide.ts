import type { FactOf, trainingContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { TrainingCommand } from "./commands.ts";
import { decideAssessment } from "./decide-assessment.ts";
import { missingTracks, needsItsSeat } from "./progress.ts";
import type { TrainingOrder, TrainingState } from "./state.ts";

export type TrainingFact = FactOf<typeof trainingContracts>;
export type TrainingRefusal = RefusalOf<
  | "already-done"
  | "case-not-active"
  | "course-not-found"
  | "already-enrolled"
  | "not-enrolled"
  | "enrolment-cancelled"
  | "enrolment-completed"
  | "track-not-in-course"
  | "already-passed"
  | "nothing-to-retake"
  | "tracks-not-passed"
  | "validity-ends-too-early"
  | "identity-not-proven"
  | "destination-missing"
>;
export type TrainingDecision = Decision<TrainingFact, TrainingRefusal>;

type CommandOf<Type extends TrainingCommand["type"]> = Extract<TrainingCommand, { type: Type }>;

const isSame = (order: TrainingOrder | undefined, other: TrainingOrder): boolean =>
  order?.round === other.round &&
  order.requirementSetFrom === other.requirementSetFrom &&
  order.missing.join() === other.missing.join();

/** An order is on record also where nothing is missing, so that the history shows that it was looked at. */
const order = (state: TrainingState, command: CommandOf<"OrderTraining">): TrainingDecision => {
  const { round, corridor, requirementSetFrom, requires, on } = command;
  const data = {
    round,
    corridor: { country: corridor.country, sector: corridor.sector },
    requirementSetFrom,
    missing: missingTracks(state, requires, on),
    language: requires.language ?? undefined,
    orientation: requires.orientation ?? undefined,
  };
  // The same application may be offered to again, months later: by then something else may be missing.
  return isSame(state.order, data) ? refuse("already-done") : accept({ type: "TrainingOrdered", data });
};

const enrol = (state: TrainingState, command: CommandOf<"Enrol">): TrainingDecision => {
  const { enrolmentId, courseId, content } = command;
  if (command.caseIsHeldOrEnded) return refuse("case-not-active");
  if (!content) return refuse("course-not-found");
  // What followed from the course's cancellation may have come first.
  if (state.enrolments[enrolmentId]?.cancelled) return refuse("enrolment-cancelled");
  const isEnrolled = Object.values(state.enrolments).some((other) => other.courseId === courseId && !other.cancelled);
  if (isEnrolled) return refuse("already-enrolled");
  return accept({ type: "Enrolled", data: { enrolmentId, courseId, ...content } });
};

const recordAttendance = (state: TrainingState, command: CommandOf<"RecordAttendance">): TrainingDecision => {
  const { enrolmentId, on, present, effectiveAt } = command;
  const enrolment = state.enrolments[enrolmentId];
  if (!enrolment) return refuse("not-enrolled");
  if (enrolment.attendance[on] === present) return refuse("already-done");
  return accept({ type: "AttendanceRecorded", data: { enrolmentId, on, present }, effectiveAt });
};

const completeOrientation = (state: TrainingState, command: CommandOf<"CompleteOrientation">): TrainingDecision => {
  const { enrolmentId, moduleVersion, completedOn, identityMethod, effectiveAt } = command;
  if (!command.identityProven) return refuse("identity-not-proven");
  const enrolment = enrolmentId === undefined ? undefined : state.enrolments[enrolmentId];
  if (enrolmentId !== undefined && !enrolment) return refuse("not-enrolled");
  if (enrolment?.content && !enrolment.content.tracks.includes("orientation"))
    return refuse("track-not-in-course", { track: "orientation" });
  const destination = enrolment?.content?.destination ?? command.destination;
  if (destination === undefined) return refuse("destination-missing");
  const isDone = state.orientations.some(
    (other) => other.destination === destination && other.moduleVersion === moduleVersion,
  );
  if (isDone) return refuse("already-done");
  return accept({
    type: "OrientationCompleted",
    data: { destination, moduleVersion, completedOn, identityProven: true, identityMethod, enrolmentId },
    effectiveAt,
  });
};

const cancelled = (enrolmentId: string, courseId: string, reason: string): TrainingFact => ({
  type: "EnrolmentCancelled",
  data: { enrolmentId, courseId, reason },
  reasonCode: reason,
});

type Ending = CommandOf<"CancelEnrolment" | "ReleaseEnrolments" | "ReleaseEnrolmentsOfCourse">;

const end = (state: TrainingState, command: Ending): TrainingDecision => {
  const { reason } = command;
  if (command.type === "CancelEnrolment") {
    const { enrolmentId } = command;
    const enrolment = state.enrolments[enrolmentId];
    if (!enrolment) return refuse("not-enrolled");
    if (enrolment.cancelled) return refuse("already-done");
    if (!needsItsSeat(state, enrolmentId)) return refuse("enrolment-completed");
    return accept(cancelled(enrolmentId, enrolment.courseId, reason));
  }
  const facts =
    command.type === "ReleaseEnrolments"
      ? Object.entries(state.enrolments)
          .filter(([id]) => needsItsSeat(state, id))
          .map(([id, { courseId }]) => cancelled(id, courseId, reason))
      : command.enrolmentIds
          // An enrolment that is not on record yet is cancelled before it begins.
          .filter((id) => !state.enrolments[id]?.content || needsItsSeat(state, id))
          .filter((id) => !state.enrolments[id]?.cancelled)
          .map((id) => cancelled(id, command.courseId, reason));
  return facts.length === 0 ? refuse("already-done") : accept(...facts);
};

/** Facts (a lesson attended, an exam held) are taken whatever became of the case; only a new seat asks for it. */
export const decideTraining = (state: TrainingState, command: TrainingCommand): TrainingDecision => {
  switch (command.type) {
    case "OrderTraining":
      return order(state, command);
    case "Enrol":
      return enrol(state, command);
    case "RecordAttendance":
      return recordAttendance(state, command);
    case "RecordAssessment":
    case "ScheduleRetake":
    case "IssueCertificate":
      return decideAssessment(state, command);
    case "CompleteOrientation":
      return completeOrientation(state, command);
    case "CancelEnrolment":
    case "ReleaseEnrolments":
    case "ReleaseEnrolmentsOfCourse":
      return end(state, command);
  }
};
