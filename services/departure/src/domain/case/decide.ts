import type { Decision, RefusalOf } from "@safar/kernel";
import type { DepartureFact } from "./clearance.ts";
import type { DepartureCommand } from "./commands.ts";
import { decideClearance } from "./decide-clearance.ts";
import { decideTravel } from "./decide-travel.ts";
import type { DepartureState } from "./state.ts";

export type DepartureRefusal = RefusalOf<
  | "already-done"
  | "case-not-active"
  | "clearance-not-granted"
  | "has-already-left"
  | "ticket-already-booked"
  | "ticket-cancelled"
  | "travel-group-not-found"
>;
export type DepartureDecision = Decision<DepartureFact, DepartureRefusal>;

/** Facts of the way (an exit, an arrival) are taken whatever is known; clearance and tickets ask for what they need. */
export const decideDeparture = (state: DepartureState, command: DepartureCommand): DepartureDecision => {
  switch (command.type) {
    case "OpenClearance":
    case "MeetRequirement":
    case "MarkCover":
    case "EndCover":
    case "RequestClearance":
    case "BarClearance":
    case "StopDeparture":
    case "ResumeDeparture":
      return decideClearance(state, command);
    case "BookTicket":
    case "CancelGroupTickets":
    case "ConfirmBorderExit":
    case "ConfirmArrival":
    case "ConfirmPickup":
    case "ReportMissedFlight":
    case "ReportCancelledFlight":
    case "ReportOffloading":
      return decideTravel(state, command);
  }
};
