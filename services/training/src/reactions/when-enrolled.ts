import { Enrolled, isFactOf, isHeldOrEnded, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { course, onTrainingCase, trainingCase } from "../aggregates.ts";
import { needsItsSeat } from "../domain/case/progress.ts";
import type { TrainingState } from "../domain/case/state.ts";
import type { CourseState } from "../domain/course/state.ts";

/** Closes the gap between what a command saw and what it recorded: the case or the course may have ended meanwhile. */
export const whenEnrolled = reaction({
  name: "when-enrolled",
  on: [{ category: trainingContracts.category, contract: Enrolled }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "Enrolled" || caseId === undefined) return [];
    const { courseId, enrolmentId } = event.data;
    const own = await edge.load<TrainingState>(trainingCase, caseId);
    if (!needsItsSeat(own.state, enrolmentId)) return [];
    const { state } = await edge.load<CourseState>(course, courseId);
    const caseHasEnded = isHeldOrEnded(await edge.standingOf(caseId));
    if (!caseHasEnded && state.status !== "cancelled") return [];
    const reason = caseHasEnded ? "case-not-active" : "course-cancelled";
    const enrolmentIds = [enrolmentId];
    return [onTrainingCase(caseId, { type: "ReleaseEnrolmentsOfCourse", courseId, enrolmentIds, reason })];
  },
});
