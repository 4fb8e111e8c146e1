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
import { departureCase, onDeparture } from "../aggregates.ts";
import { takenBack } from "../domain/case/decide-clearance.ts";
import type { DepartureState } from "../domain/case/state.ts";

/** What each of them means for the departure: it waits, or this round of it is over. */
const STOPS: Readonly<Record<string, { readonly reason: string; readonly stoppedAs: "held" | "cancelled" }>> = {
  CaseSuspended: { reason: "case-suspended", stoppedAs: "held" },
  ConsentWithdrawn: { reason: "consent-withdrawn", stoppedAs: "held" },
  DuplicateSuspected: { reason: "duplicate-suspected", stoppedAs: "held" },
  CandidateWithdrew: { reason: "candidate-withdrew", stoppedAs: "cancelled" },
  CaseMerged: { reason: "case-merged", stoppedAs: "cancelled" },
  CaseClosed: { reason: "case-closed", stoppedAs: "cancelled" },
};

/** The ticket goes back and the clearance is revoked, as long as the person has not left. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: [CandidateWithdrew, CaseSuspended, ConsentWithdrawn, DuplicateSuspected, CaseMerged, CaseClosed].map(
    (contract) => ({ category: registrationContracts.category, contract }),
  ),
  async then(event, edge) {
    const { caseId } = event.meta;
    const stop = STOPS[event.type];
    if (caseId === undefined || stop === undefined) return [];
    const { state } = await edge.load<DepartureState>(departureCase, caseId);
    // Before any round there is nothing to take back; after the exit there is nothing left.
    if (takenBack(state, stop).length === 0) return [];
    return [onDeparture(caseId, { type: "StopDeparture", ...stop })];
  },
});
