import type { FactOf, placementContracts } from "@safar/contracts";
import type { Decision } from "@safar/kernel";
import type { PlacementCommand } from "./commands.ts";
import { decideDispute, type DisputeRefusal } from "./disputes.ts";
import { decideJourney, type JourneyRefusal } from "./journey.ts";
import { decideReport, type ReportRefusal } from "./reports.ts";
import type { PlacementState } from "./state.ts";

export type PlacementRefusal = ReportRefusal | DisputeRefusal | JourneyRefusal;

export const decidePlacement = (
  state: PlacementState,
  command: PlacementCommand,
): Decision<FactOf<typeof placementContracts>, PlacementRefusal> => {
  switch (command.type) {
    case "ReportPlacement":
    case "ConfirmByEmployer":
    case "UploadContract":
    case "ReceiveCheckIn":
      return decideReport(state, command);
    case "DisputePlacement":
    case "ResolveDispute":
    case "CompletePlacement":
    case "AnnulPlacement":
      return decideDispute(state, command);
    case "OpenPlacement":
    case "NoteReference":
    case "NoteArrival":
    case "ScheduleCheckIns":
      return decideJourney(state, command);
  }
};
