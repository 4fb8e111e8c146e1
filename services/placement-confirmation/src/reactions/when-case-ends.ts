import { CandidateWithdrew, CaseClosed, CaseMerged, registrationContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement, placement } from "../aggregates.ts";
import { liveRound } from "../domain/agreement.ts";
import type { EndCommand } from "../domain/commands.ts";
import type { PlacementState } from "../domain/state.ts";

const CAUSES: Readonly<Record<string, Extract<EndCommand, { type: "AnnulPlacement" }>["cause"]>> = {
  CandidateWithdrew: "candidate-withdrew",
  CaseMerged: "case-merged",
  CaseClosed: "case-closed",
};

/**
 * A placement that nobody confirmed ends with its journey, so that nobody waits for reports any more. A confirmed one
 * is a fact abroad, and a hold (a suspicion, a consent taken back) does not change what happens there.
 */
export const whenCaseEnds = reaction({
  name: "when-case-ends",
  on: [CandidateWithdrew, CaseMerged, CaseClosed].map((contract) => ({
    category: registrationContracts.category,
    contract,
  })),
  async then(event, edge) {
    const { caseId } = event.meta;
    const cause = CAUSES[event.type];
    if (caseId === undefined || cause === undefined) return [];
    const { state } = await edge.load<PlacementState>(placement, caseId);
    if (liveRound(state) === undefined || state.lifecycle.confirmed) return [];
    return [onPlacement(caseId, { type: "AnnulPlacement", cause })];
  },
});
