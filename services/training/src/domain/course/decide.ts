import type { courseContracts, FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { CourseCommand } from "./commands.ts";
import type { CourseState } from "./state.ts";

export type CourseRefusal = RefusalOf<
  "already-done" | "course-not-found" | "course-full" | "course-not-open" | "course-completed" | "course-cancelled"
>;
type CourseDecision = Decision<FactOf<typeof courseContracts>, CourseRefusal>;

type Seat = Extract<CourseCommand, { type: "ReserveSeat" | "ReleaseSeat" }>;

/** Never more seats than capacity: both are in this one stream, so two enrolments at once cannot both take the last. */
const decideSeat = (state: CourseState, command: Seat, capacity: number): CourseDecision => {
  const { enrolmentId, caseId } = command;
  const isTaken = state.seats[enrolmentId] !== undefined;
  if (command.type === "ReleaseSeat") {
    if (!isTaken) return refuse("already-done");
    return accept({
      type: "SeatReleased",
      data: { enrolmentId, caseId, reason: command.reason },
      reasonCode: command.reason,
    });
  }
  if (isTaken) return refuse("already-done");
  // Who joins late joins: a course takes people until it is over.
  if (state.status === "completed" || state.status === "cancelled") return refuse("course-not-open");
  if (Object.keys(state.seats).length >= capacity) return refuse("course-full", { capacity });
  return accept({ type: "SeatReserved", data: { enrolmentId, caseId } });
};

export const decideCourse = (state: CourseState, command: CourseCommand): CourseDecision => {
  if (command.type === "OfferCourse")
    return state.offer ? refuse("already-done") : accept({ type: "CourseOffered", data: command.offer });
  if (!state.offer) return refuse("course-not-found");
  switch (command.type) {
    case "ReserveSeat":
    case "ReleaseSeat":
      return decideSeat(state, command, state.offer.capacity);
    case "StartCourse":
      if (state.status === "cancelled") return refuse("course-cancelled");
      if (state.status !== "offered") return refuse("already-done");
      return accept({
        type: "CourseStarted",
        data: { startedOn: command.startedOn },
        effectiveAt: command.effectiveAt,
      });
    case "CompleteCourse":
      if (state.status === "cancelled") return refuse("course-cancelled");
      if (state.status === "completed") return refuse("already-done");
      return accept({
        type: "CourseCompleted",
        data: { completedOn: command.completedOn },
        effectiveAt: command.effectiveAt,
      });
    case "CancelCourse":
      if (state.status === "completed") return refuse("course-completed");
      if (state.status === "cancelled") return refuse("already-done");
      return accept({ type: "CourseCancelled", data: { reason: command.reason }, reasonCode: command.reason });
  }
};
