import { isFactOf, placementContracts, PlacementConfirmed } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement } from "../aggregates.ts";

/** Asks the worker on the policy's days from now on. */
export const whenPlacementConfirmed = reaction({
  name: "when-placement-confirmed",
  on: [{ category: placementContracts.category, contract: PlacementConfirmed }],
  then(event) {
    const { caseId } = event.meta;
    if (!isFactOf(placementContracts, event) || event.type !== "PlacementConfirmed" || caseId === undefined) return [];
    const { round, confirmedOn } = event.data;
    return [onPlacement(caseId, { type: "ScheduleCheckIns", round, confirmedOn })];
  },
});
