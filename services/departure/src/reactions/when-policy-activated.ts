import { isFactOf, isHeldOrEnded, PolicyActivated, policyContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";

/** Cover is in force; where it was the last item, clearance is granted with it. */
export const whenPolicyActivated = reaction({
  name: "when-policy-activated",
  on: [{ category: policyContracts.category, contract: PolicyActivated }],
  async then(event, edge) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(policyContracts, event) || event.type !== "PolicyActivated" || caseId === undefined) return [];
    const mayGrant = !isHeldOrEnded(await edge.standingOf(caseId));
    const { policyId, round, validFrom, validUntil } = event.data;
    const cover = { policyId, round, validFrom, validUntil };
    return [onDeparture(caseId, { type: "MarkCover", cover, mayGrant, on: edge.today }, destination)];
  },
});
