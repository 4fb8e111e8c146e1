import { GroupFlightCancelled, streamIdOf, travelGroupContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture, travelGroup } from "../aggregates.ts";
import type { TravelGroupState } from "../domain/travel-group/state.ts";

/** Every case with a place in it learns of it in its own stream; nobody is forgotten. */
export const whenGroupFlightCancelled = reaction({
  name: "when-group-flight-cancelled",
  on: [{ category: travelGroupContracts.category, contract: GroupFlightCancelled }],
  async then(event, edge) {
    const groupId = streamIdOf(event.stream);
    const { state } = await edge.load<TravelGroupState>(travelGroup, groupId);
    const byCase = Map.groupBy(Object.entries(state.taken), ([, caseId]) => caseId);
    return [...byCase].map(([caseId, places]) =>
      onDeparture(caseId, {
        type: "CancelGroupTickets",
        groupId,
        ticketIds: places.map(([ticketId]) => ticketId),
        reason: "group-flight-cancelled",
      }),
    );
  },
});
