import { PremiumSubsidyReserved } from "@safar/contracts";
import { defineService } from "@safar/service-kit";
import { benefit, policy, subsidyYear } from "./aggregates.ts";
import type { BenefitState } from "./domain/benefit/state.ts";
import type { PolicyState } from "./domain/policy/state.ts";
import { benefitCommands } from "./http/benefits.ts";
import { policyCommands } from "./http/policies.ts";
import { refusals } from "./http/refusals.ts";
import { whenExpenseProved } from "./reactions/when-expense-proved.ts";
import { whenJourneyEnds } from "./reactions/when-journey-ends.ts";
import { whenPlacementConfirmed } from "./reactions/when-placement-confirmed.ts";
import { whenVisaRefused } from "./reactions/when-visa-refused.ts";
import { whenVisaStageCompleted } from "./reactions/when-visa-stage-completed.ts";

/** Cover for the way and the work, and the compensation of what the way cost. */
export const insuranceCompensation = defineService({
  name: "insurance-compensation",
  aggregates: [
    { aggregate: policy, path: "/policies/:id", status: (state: PolicyState) => state.status },
    { aggregate: subsidyYear, status: () => "" },
    { aggregate: benefit, path: "/benefits/:id", status: (state: BenefitState) => state.status },
  ],
  commands: [...policyCommands, ...benefitCommands],
  reactions: [whenVisaStageCompleted, whenPlacementConfirmed, whenExpenseProved, whenVisaRefused, whenJourneyEnds],
  reservations: [
    {
      limit: subsidyYear,
      reserved: PremiumSubsidyReserved,
      record: ({ data }) => ({ aggregate: policy, id: PremiumSubsidyReserved.schema.parse(data).policyId }),
      release: ({ data }) => ({
        type: "ReleaseSubsidy",
        policyId: PremiumSubsidyReserved.schema.parse(data).policyId,
      }),
    },
  ],
  refusals,
});
