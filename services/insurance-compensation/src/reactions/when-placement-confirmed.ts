import { COMPENSATION_KINDS, PlacementConfirmed } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onBenefitOf } from "../aggregates.ts";

/** Placement confirmed: the candidate may apply for each kind of compensation. */
export const whenPlacementConfirmed = reaction({
  name: "when-placement-confirmed",
  on: [{ category: "placement", contract: PlacementConfirmed }],
  then(event) {
    const { caseId, destination } = event.meta;
    const { round, confirmedOn } = PlacementConfirmed.schema.parse(event.data);
    if (caseId === undefined) return [];
    return COMPENSATION_KINDS.map((kind) => ({
      ...onBenefitOf(caseId, kind, { type: "OpenEligibility", round, openedOn: confirmedOn }),
      header: { caseId, destination },
    }));
  },
});
