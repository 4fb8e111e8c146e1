import { isFactOf, PolicyCancelled, policyContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { departureCase, onDeparture } from "../aggregates.ts";
import type { DepartureState } from "../domain/case/state.ts";

/** Nobody travels uninsured: a clearance that relied on the policy waits for another one. */
export const whenPolicyCancelled = reaction({
  name: "when-policy-cancelled",
  on: [{ category: policyContracts.category, contract: PolicyCancelled }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(policyContracts, event) || event.type !== "PolicyCancelled" || caseId === undefined) return [];
    const { policyId, reason } = event.data;
    const { state } = await edge.load<DepartureState>(departureCase, caseId);
    // A policy that never came into force covered nobody.
    if (!state.covers.some((cover) => cover.policyId === policyId)) return [];
    return [onDeparture(caseId, { type: "EndCover", policyId, reason, on: edge.today })];
  },
});
