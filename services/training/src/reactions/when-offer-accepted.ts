import { applicationContracts, isFactOf, OfferAccepted, requirementSetOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onTrainingCase } from "../aggregates.ts";
import { requiredTracks } from "../domain/case/progress.ts";

/**
 * Orders what the corridor's requirement set still misses. Where the set asks for no training at all there is
 * nothing to order; where all of it is there already, the order says so.
 */
export const whenOfferAccepted = reaction({
  name: "when-offer-accepted",
  on: [{ category: applicationContracts.category, contract: OfferAccepted }],
  then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(applicationContracts, event) || event.type !== "OfferAccepted" || caseId === undefined) return [];
    const { applicationId, corridor } = event.data;
    const set = requirementSetOf({ ...corridor, on: edge.today });
    if (!set || requiredTracks(set.requires).length === 0) return [];
    const order = {
      type: "OrderTraining",
      round: applicationId,
      corridor,
      requirementSetFrom: set.from,
      requires: set.requires,
      on: edge.today,
    } as const;
    return [onTrainingCase(caseId, order, corridor.country)];
  },
});
