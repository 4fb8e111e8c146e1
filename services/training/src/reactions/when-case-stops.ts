import {
  CandidateWithdrew,
  CaseClosed,
  CaseMerged,
  CaseSuspended,
  ConsentWithdrawn,
  DuplicateSuspected,
  registrationContracts,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onTrainingCase, trainingCase } from "../aggregates.ts";
import { needsItsSeat } from "../domain/case/progress.ts";
import type { TrainingState } from "../domain/case/state.ts";

/** Why a seat is given back, by what happened to the case. */
const REASONS: Readonly<Record<string, string>> = {
  CandidateWithdrew: "candidate-withdrew",
  CaseSuspended: "case-suspended",
  ConsentWithdrawn: "consent-withdrawn",
  DuplicateSuspected: "duplicate-suspected",
  CaseMerged: "case-merged",
  CaseClosed: "case-closed",
};

/** Who does not go on leaves the seat to others. What was passed and certified stays. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: [CandidateWithdrew, CaseSuspended, ConsentWithdrawn, DuplicateSuspected, CaseMerged, CaseClosed].map(
    (contract) => ({ category: registrationContracts.category, contract }),
  ),
  async then(event, edge) {
    const { caseId } = event.meta;
    const reason = REASONS[event.type];
    if (caseId === undefined || reason === undefined) return [];
    const { state } = await edge.load<TrainingState>(trainingCase, caseId);
    if (!Object.keys(state.enrolments).some((id) => needsItsSeat(state, id))) return [];
    return [onTrainingCase(caseId, { type: "ReleaseEnrolments", reason })];
  },
});
