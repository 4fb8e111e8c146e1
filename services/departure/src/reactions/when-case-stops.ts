import { CASE_STOPS, caseStopOf, type CaseStop } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { departureCase, onDeparture } from "../aggregates.ts";
import { takenBack } from "../domain/case/decide-clearance.ts";
import type { DepartureState } from "../domain/case/state.ts";

/** What each of them means for the departure: it waits, or this round of it is over. */
const STOPPED_AS: Readonly<Record<CaseStop, "held" | "cancelled">> = {
  "case-suspended": "held",
  "consent-withdrawn": "held",
  "duplicate-suspected": "held",
  "candidate-withdrew": "cancelled",
  "case-merged": "cancelled",
  "case-closed": "cancelled",
};

/** The ticket goes back and the clearance is revoked, as long as the person has not left. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: CASE_STOPS,
  async then(event, edge) {
    const { caseId } = event.meta;
    const reason = caseStopOf(event.type);
    if (caseId === undefined || reason === undefined) return [];
    const stop = { reason, stoppedAs: STOPPED_AS[reason] };
    const { state } = await edge.load<DepartureState>(departureCase, caseId);
    // Before any round there is nothing to take back; after the exit there is nothing left.
    if (takenBack(state, stop).length === 0) return [];
    return [onDeparture(caseId, { type: "StopDeparture", ...stop })];
  },
});
