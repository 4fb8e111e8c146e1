import { departureContracts, isFactOf, TicketCancelled } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onTravelGroup } from "../aggregates.ts";

/** The place goes back to the group. */
export const whenTicketCancelled = reaction({
  name: "when-ticket-cancelled",
  on: [{ category: departureContracts.category, contract: TicketCancelled }],
  then(event) {
    const { caseId } = event.meta;
    if (!isFactOf(departureContracts, event) || event.type !== "TicketCancelled" || caseId === undefined) return [];
    const { groupId, ticketId, reason } = event.data;
    return groupId === undefined ? [] : [onTravelGroup(groupId, { type: "ReleasePlace", ticketId, caseId, reason })];
  },
});
