import type { FactOf, policyContracts } from "@safar/contracts";
import { accept, lesser, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { PolicyCommand } from "./commands.ts";
import type { PolicyState } from "./state.ts";

export type PolicyRefusal = RefusalOf<
  | "already-done"
  | "policy-not-quoted"
  | "policy-not-issued"
  | "policy-cancelled"
  | "cover-dates-reversed"
  | "subsidy-currency"
  | "amount-not-positive"
>;
type PolicyDecision = Decision<FactOf<typeof policyContracts>, PolicyRefusal>;

export const decidePolicy = (state: PolicyState, command: PolicyCommand): PolicyDecision => {
  if (command.type === "QuotePolicy") {
    if (state.stage !== "none") return refuse("already-done");
    const { policyId, round, destination, contractMonths } = command;
    return accept({ type: "PolicyQuoted", data: { policyId, round, destination, contractMonths } });
  }
  const { policyId, round, stage } = state;
  if (policyId === undefined || round === undefined) return refuse("policy-not-quoted");
  if (stage === "cancelled") return refuse(command.type === "CancelPolicy" ? "already-done" : "policy-cancelled");
  switch (command.type) {
    case "IssuePolicy":
      if (stage !== "quoted") return refuse("already-done");
      if (command.premium.minor <= 0) return refuse("amount-not-positive");
      return accept({
        type: "PolicyIssued",
        data: { policyId, round, number: command.number, premium: command.premium },
      });
    case "ActivatePolicy": {
      if (stage === "active") return refuse("already-done");
      if (stage !== "issued") return refuse("policy-not-issued");
      const { validFrom, validUntil } = command;
      if (validUntil <= validFrom) return refuse("cover-dates-reversed");
      return accept({ type: "PolicyActivated", data: { policyId, round, validFrom, validUntil } });
    }
    case "GrantPremiumSubsidy": {
      if (state.premium === undefined) return refuse("policy-not-issued");
      if (state.subsidy !== undefined) return refuse("already-done");
      if (command.amount.minor <= 0) return refuse("amount-not-positive");
      if (new Set([command.amount.currency, command.most.currency, state.premium.currency]).size > 1)
        return refuse("subsidy-currency", { currency: command.most.currency });
      const amount = lesser(lesser(command.amount, command.most), state.premium);
      return accept({
        type: "PremiumSubsidyGranted",
        data: { policyId, round, amount, socialList: command.socialList },
      });
    }
    case "CancelPolicy":
      return accept({
        type: "PolicyCancelled",
        data: { policyId, round, reason: command.reason },
        reasonCode: command.reason,
      });
  }
};
