import { ClearanceGranted, departureContracts, isHeldOrEnded, TicketBooked } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { departureCase, onDeparture } from "../aggregates.ts";
import { takenBack } from "../domain/case/decide-clearance.ts";
import type { DepartureState } from "../domain/case/state.ts";

/** Closes the gap between what a command saw and what it recorded: the case may have ended meanwhile. */
export const whenClearedOrTicketed = reaction({
  name: "when-cleared-or-ticketed",
  on: [ClearanceGranted, TicketBooked].map((contract) => ({ category: departureContracts.category, contract })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const standing = await edge.standingOf(caseId);
    if (!isHeldOrEnded(standing)) return [];
    const stop = { reason: "case-not-active", stoppedAs: standing === "suspended" ? "held" : "cancelled" } as const;
    const { state } = await edge.load<DepartureState>(departureCase, caseId);
    return takenBack(state, stop).length === 0 ? [] : [onDeparture(caseId, { type: "StopDeparture", ...stop })];
  },
});
