import { VisaStageCompleted } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPolicy, policyIdOf } from "../aggregates.ts";

/** The visa is granted and the dossier complete: a policy is quoted (lifecycle.md, reactions). */
export const whenVisaStageCompleted = reaction({
  name: "when-visa-stage-completed",
  on: [{ category: "visaDocs", contract: VisaStageCompleted }],
  then(event) {
    const { caseId } = event.meta;
    const { round, corridor, contractMonths } = VisaStageCompleted.schema.parse(event.data);
    if (caseId === undefined) return [];
    const policyId = policyIdOf(caseId, round);
    const destination = corridor.country;
    const plan = onPolicy(policyId, { type: "QuotePolicy", policyId, round, destination, contractMonths });
    return [{ ...plan, header: { caseId, destination } }];
  },
});
