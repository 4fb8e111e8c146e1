import {
  ClearanceGranted,
  departureContracts,
  isFactOf,
  isHeldOrEnded,
  TicketBooked,
  type DecodedEvent,
} from "@safar/contracts";
import { reaction, type ReactionEdge } from "@safar/service-kit";
import { departureCase, onDeparture, travelGroup } from "../aggregates.ts";
import { takenBack } from "../domain/case/decide-clearance.ts";
import type { DepartureState } from "../domain/case/state.ts";
import type { TravelGroupState } from "../domain/travel-group/state.ts";

const cancelledGroupOf = async (event: DecodedEvent, edge: ReactionEdge) => {
  if (!isFactOf(departureContracts, event) || event.type !== "TicketBooked") return undefined;
  const { groupId, ticketId } = event.data;
  if (groupId === undefined) return undefined;
  const { state } = await edge.load<TravelGroupState>(travelGroup, groupId);
  return state.status === "cancelled" ? { groupId, ticketId } : undefined;
};

/** Closes the gap between what a command saw and what it recorded: the case or the group may have ended meanwhile. */
export const whenClearedOrTicketed = reaction({
  name: "when-cleared-or-ticketed",
  on: [ClearanceGranted, TicketBooked].map((contract) => ({ category: departureContracts.category, contract })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const standing = await edge.standingOf(caseId);
    if (isHeldOrEnded(standing)) {
      const stop = { reason: "case-not-active", stoppedAs: standing === "suspended" ? "held" : "cancelled" } as const;
      const { state } = await edge.load<DepartureState>(departureCase, caseId);
      return takenBack(state, stop).length === 0 ? [] : [onDeparture(caseId, { type: "StopDeparture", ...stop })];
    }
    const cancelled = await cancelledGroupOf(event, edge);
    if (!cancelled) return [];
    const { groupId, ticketId } = cancelled;
    const reason = "group-flight-cancelled";
    return [onDeparture(caseId, { type: "CancelGroupTickets", groupId, ticketIds: [ticketId], reason })];
  },
});
