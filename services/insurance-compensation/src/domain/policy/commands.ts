import type { Money } from "@safar/kernel";

interface OfRound {
  readonly policyId: string;
  readonly round: string;
}

export type PolicyCommand =
  | (OfRound & { readonly type: "QuotePolicy"; readonly destination: string; readonly contractMonths: number })
  | { readonly type: "IssuePolicy"; readonly number: string; readonly premium: Money }
  | { readonly type: "ActivatePolicy"; readonly validFrom: string; readonly validUntil: string }
  | { readonly type: "GrantPremiumSubsidy"; readonly amount: Money; readonly socialList: string; readonly most: Money }
  | { readonly type: "CancelPolicy"; readonly reason: string };
