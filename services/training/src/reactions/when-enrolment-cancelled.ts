import { EnrolmentCancelled, isFactOf, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onCourse } from "../aggregates.ts";

/** The seat goes back to the course. */
export const whenEnrolmentCancelled = reaction({
  name: "when-enrolment-cancelled",
  on: [{ category: trainingContracts.category, contract: EnrolmentCancelled }],
  then(event) {
    const { caseId } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "EnrolmentCancelled" || caseId === undefined) return [];
    const { courseId, enrolmentId, reason } = event.data;
    return [onCourse(courseId, { type: "ReleaseSeat", enrolmentId, caseId, reason })];
  },
});
