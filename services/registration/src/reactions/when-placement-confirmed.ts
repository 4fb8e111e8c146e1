import { PlacementConfirmed } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";

/** The journey has come to what it was for: the case says so, whatever holds or has ended it meanwhile. */
export const whenPlacementConfirmed = reaction({
  name: "when-placement-confirmed",
  on: [{ category: "placement", contract: PlacementConfirmed }],
  then(event) {
    const { caseId } = event.meta;
    const { round } = PlacementConfirmed.schema.parse(event.data);
    if (caseId === undefined) return [];
    return [{ aggregate: registrationCase, id: caseId, command: { type: "MarkJourneyPlaced", round } }];
  },
});
