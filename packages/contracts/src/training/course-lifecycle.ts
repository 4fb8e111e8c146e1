import type { FactOf } from "../contract-set.ts";
import type { courseContracts } from "./course.ts";

export type CourseStatus = "offered" | "started" | "completed" | "cancelled";

type Fact = FactOf<typeof courseContracts>;

/** Pure and total. A course that has ended stays so: a start that is recorded late does not open it again. */
export const evolveCourseStatus = (status: CourseStatus, fact: Pick<Fact, "type">): CourseStatus => {
  switch (fact.type) {
    case "CourseCancelled":
      return "cancelled";
    case "CourseCompleted":
      return status === "cancelled" ? status : "completed";
    case "CourseStarted":
      return status === "offered" ? "started" : status;
    case "CourseOffered":
    case "SeatReserved":
    case "SeatReleased":
      return status;
  }
};
