import { CASE_STOPS, caseStopOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onTrainingCase, trainingCase } from "../aggregates.ts";
import { needsItsSeat } from "../domain/case/progress.ts";
import type { TrainingState } from "../domain/case/state.ts";

/** Who does not go on leaves the seat to others. What was passed and certified stays. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: CASE_STOPS,
  async then(event, edge) {
    const { caseId } = event.meta;
    const reason = caseStopOf(event.type);
    if (caseId === undefined || reason === undefined) return [];
    const { state } = await edge.load<TrainingState>(trainingCase, caseId);
    if (!Object.keys(state.enrolments).some((id) => needsItsSeat(state, id))) return [];
    return [onTrainingCase(caseId, { type: "ReleaseEnrolments", reason })];
  },
});
