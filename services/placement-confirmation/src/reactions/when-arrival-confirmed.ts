import { ArrivalConfirmed, departureContracts, isFactOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement } from "../aggregates.ts";

/** The days in which the placement is to be confirmed count from here. */
export const whenArrivalConfirmed = reaction({
  name: "when-arrival-confirmed",
  on: [{ category: departureContracts.category, contract: ArrivalConfirmed }],
  then(event) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(departureContracts, event) || event.type !== "ArrivalConfirmed" || caseId === undefined) return [];
    const { round, arrivedAt } = event.data;
    return [onPlacement(caseId, { type: "NoteArrival", round, arrivedAt }, destination)];
  },
});
