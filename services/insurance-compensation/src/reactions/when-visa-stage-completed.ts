import { isEnded, VisaStageCompleted } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPolicy, policyIdOf } from "../aggregates.ts";

/**
 * The visa is granted and the dossier complete: a policy is quoted (lifecycle.md, reactions). Not for a case that ended
 * in the meantime: the reaction to its end was here before and found no policy to cancel.
 */
export const whenVisaStageCompleted = reaction({
  name: "when-visa-stage-completed",
  on: [{ category: "visaDocs", contract: VisaStageCompleted }],
  async then(event, edge) {
    const { caseId } = event.meta;
    const { round, corridor, contractMonths } = VisaStageCompleted.schema.parse(event.data);
    if (caseId === undefined || isEnded(await edge.standingOf(caseId))) return [];
    const policyId = policyIdOf(caseId, round);
    const destination = corridor.country;
    const plan = onPolicy(policyId, { type: "QuotePolicy", policyId, round, destination, contractMonths });
    return [{ ...plan, header: { caseId, destination } }];
  },
});
