import { evolveCourseStatus, type courseContracts, type CourseStatus, type FactOf } from "@safar/contracts";
import type { CourseOffer } from "./commands.ts";

export interface CourseState {
  readonly status: CourseStatus;
  readonly offer: CourseOffer | undefined;
  /** Whose seats are taken: the case, by enrolment. */
  readonly seats: Readonly<Record<string, string>>;
}

export const initialCourse: CourseState = { status: "offered", offer: undefined, seats: {} };

type Fact = FactOf<typeof courseContracts>;

const withData = (state: CourseState, fact: Fact): CourseState => {
  switch (fact.type) {
    case "CourseOffered":
      return { ...state, offer: fact.data };
    case "SeatReserved":
      return { ...state, seats: { ...state.seats, [fact.data.enrolmentId]: fact.data.caseId } };
    case "SeatReleased": {
      const { [fact.data.enrolmentId]: _released, ...seats } = state.seats;
      return { ...state, seats };
    }
    case "CourseStarted":
    case "CourseCompleted":
    case "CourseCancelled":
      return state;
  }
};

export const evolveCourse = (state: CourseState, fact: Fact): CourseState => ({
  ...withData(state, fact),
  status: evolveCourseStatus(state.status, fact),
});
