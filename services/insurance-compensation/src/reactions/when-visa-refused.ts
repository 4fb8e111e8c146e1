import { VisaRefused } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPolicy, policy, policyIdOf } from "../aggregates.ts";

/** No visa, no journey to insure (scenarios.md, 1). */
export const whenVisaRefused = reaction({
  name: "when-visa-refused",
  on: [{ category: "visaDocs", contract: VisaRefused }],
  async then(event, edge) {
    const { caseId } = event.meta;
    const { round } = VisaRefused.schema.parse(event.data);
    if (caseId === undefined) return [];
    const policyId = policyIdOf(caseId, round);
    const { exists } = await edge.load(policy, policyId);
    return exists ? [onPolicy(policyId, { type: "CancelPolicy", reason: "visa-refused" })] : [];
  },
});
