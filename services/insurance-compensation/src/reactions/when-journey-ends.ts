import { CandidateWithdrew, CaseMerged } from "@safar/contracts";
import type { AggregateRow } from "@safar/service-kit";
import { reaction, viewOf } from "@safar/service-kit";
import { benefitIdOf } from "@safar/kernel";
import { benefit, onPolicy, policy } from "../aggregates.ts";
import type { BenefitState } from "../domain/benefit/state.ts";

/** A case has a policy a round; many more would be a fault. */
const MAX_POLICIES = 100;

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
    const { items } = edge.readModel
      .table<AggregateRow>(viewOf(policy))
      .find({ where: { caseId }, limit: MAX_POLICIES });
    return items
      .filter(({ row }) => row.status !== "policyCancelled")
      .map(({ row }) => onPolicy(row.id, { type: "CancelPolicy", reason: "journey-ended" }));
  },
});
