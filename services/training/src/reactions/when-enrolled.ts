import { Enrolled, isFactOf, isHeldOrEnded, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onTrainingCase, trainingCase } from "../aggregates.ts";
import { needsItsSeat } from "../domain/case/progress.ts";
import type { TrainingState } from "../domain/case/state.ts";

/** Closes the gap between what a command saw and what it recorded: the case may have ended meanwhile. */
export const whenEnrolled = reaction({
  name: "when-enrolled",
  on: [{ category: trainingContracts.category, contract: Enrolled }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "Enrolled" || caseId === undefined) return [];
    if (!isHeldOrEnded(await edge.standingOf(caseId))) return [];
    const { courseId, enrolmentId } = event.data;
    const { state } = await edge.load<TrainingState>(trainingCase, caseId);
    if (!needsItsSeat(state, enrolmentId)) return [];
    const enrolmentIds = [enrolmentId];
    const reason = "case-not-active";
    return [onTrainingCase(caseId, { type: "ReleaseEnrolmentsOfCourse", courseId, enrolmentIds, reason })];
  },
});
