import { evolvePolicyStatus, type policyContracts, type RecordedFactOf } from "@safar/contracts";
import type { Money } from "@safar/kernel";

export interface PolicyState {
  readonly status: string;
  readonly policyId: string | undefined;
  readonly round: string | undefined;
  readonly stage: "none" | "quoted" | "issued" | "active" | "cancelled";
  readonly premium: Money | undefined;
  readonly subsidy: Money | undefined;
  readonly validUntil: string | undefined;
}

export const initialPolicy: PolicyState = {
  status: "",
  policyId: undefined,
  round: undefined,
  stage: "none",
  premium: undefined,
  subsidy: undefined,
  validUntil: undefined,
};

type Fact = RecordedFactOf<typeof policyContracts>;

const withFact = (state: PolicyState, fact: Fact): PolicyState => {
  switch (fact.type) {
    case "PolicyQuoted":
      return { ...state, stage: "quoted" };
    case "PolicyIssued":
      return { ...state, stage: "issued", premium: fact.data.premium };
    case "PolicyActivated":
      return { ...state, stage: "active", validUntil: fact.data.validUntil };
    case "PremiumSubsidyGranted":
      return { ...state, subsidy: fact.data.amount };
    case "PolicyCancelled":
      return { ...state, stage: "cancelled" };
  }
};

export const evolvePolicy = (state: PolicyState, fact: Fact): PolicyState => ({
  ...withFact(state, fact),
  status: evolvePolicyStatus(state.status, fact),
  policyId: fact.data.policyId,
  round: fact.data.round,
});
