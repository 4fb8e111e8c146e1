import { CandidateWithdrew, CaseMerged } from "@safar/contracts";
import { reaction, type CommandPlan } from "@safar/service-kit";
import { benefitIdOf } from "@safar/kernel";
import { benefit, onPolicy, policy, policyIdOf, roundsWithVisa } from "../aggregates.ts";
import type { BenefitState } from "../domain/benefit/state.ts";
import type { PolicyState } from "../domain/policy/state.ts";
import type { RoundsWithVisa } from "../domain/rounds-with-visa.ts";

/** Who withdraws before leaving needs no cover; who has left keeps it. */
export const whenJourneyEnds = reaction({
  name: "when-journey-ends",
  on: [
    { category: "registration", contract: CandidateWithdrew },
    { category: "registration", contract: CaseMerged },
  ],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const ticket = await edge.load<BenefitState>(benefit, benefitIdOf(caseId, "ticket"));
    if (ticket.state.proofs.length > 0) return [];
    // What was quoted just as the journey ended stands behind its end in the log: a table need not show it yet.
    const plans: CommandPlan[] = [];
    for (const round of (await edge.load<RoundsWithVisa>(roundsWithVisa, caseId)).state) {
      const policyId = policyIdOf(caseId, round);
      const { stage } = (await edge.load<PolicyState>(policy, policyId)).state;
      if (stage !== "none" && stage !== "cancelled")
        plans.push(onPolicy(policyId, { type: "CancelPolicy", reason: "journey-ended" }));
    }
    return plans;
  },
});
