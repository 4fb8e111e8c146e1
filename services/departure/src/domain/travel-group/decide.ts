import type { FactOf, travelGroupContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { TravelGroupCommand } from "./commands.ts";
import type { TravelGroupState } from "./state.ts";

export type TravelGroupRefusal = RefusalOf<
  "already-done" | "travel-group-not-found" | "travel-group-full" | "travel-group-cancelled"
>;

/** Never more people than places: both are in this one stream. */
export const decideTravelGroup = (
  state: TravelGroupState,
  command: TravelGroupCommand,
): Decision<FactOf<typeof travelGroupContracts>, TravelGroupRefusal> => {
  if (command.type === "FormTravelGroup")
    return state.group ? refuse("already-done") : accept({ type: "TravelGroupFormed", data: command.group });
  if (!state.group) return refuse("travel-group-not-found");
  switch (command.type) {
    case "ReservePlace": {
      const { ticketId, caseId } = command;
      const { places } = state.group;
      if (state.taken[ticketId] !== undefined) return refuse("already-done");
      if (state.status === "cancelled") return refuse("travel-group-cancelled");
      if (Object.keys(state.taken).length >= places) return refuse("travel-group-full", { places });
      return accept({ type: "GroupPlaceReserved", data: { ticketId, caseId } });
    }
    case "ReleasePlace": {
      const { ticketId, caseId, reason } = command;
      if (state.taken[ticketId] === undefined) return refuse("already-done");
      return accept({ type: "GroupPlaceReleased", data: { ticketId, caseId, reason }, reasonCode: reason });
    }
    case "CancelGroupFlight": {
      const { reason } = command;
      if (state.status === "cancelled") return refuse("already-done");
      return accept({ type: "GroupFlightCancelled", data: { reason }, reasonCode: reason });
    }
  }
};
