import type { CompensationCheck, CompensationKind } from "@safar/contracts";
import type { Money } from "@safar/kernel";

interface OfBenefit {
  readonly benefitId: string;
  readonly kind: CompensationKind;
}

/** Each rule in words, for the record; made at the edge in the language of the office. */
export type RuleWords = Readonly<Record<CompensationCheck, string>>;

export type BenefitCommand =
  | (OfBenefit & {
      readonly type: "ProveExpense";
      readonly by: "certificate" | "visa" | "border-exit";
      readonly eventId: string;
    })
  | (OfBenefit & { readonly type: "OpenEligibility"; readonly round: string; readonly openedOn: string })
  | (OfBenefit & {
      readonly type: "ApplyForCompensation";
      readonly appliedOn: string;
      readonly amount: Money;
      readonly cap: Money;
      readonly cardHolder: string;
      readonly cardNumber: string;
      /** Compared at the edge: the names are sealed in the state. */
      readonly cardHolderIsCandidate: boolean;
    })
  | { readonly type: "CheckCompensation"; readonly words: RuleWords }
  | { readonly type: "ApproveCompensation" }
  | { readonly type: "RejectCompensation"; readonly reasons: readonly string[]; readonly appealUntil: string }
  | { readonly type: "OrderPayment"; readonly paymentId: string; readonly dueBy: string }
  | { readonly type: "SettlePayment"; readonly paymentId: string; readonly bankReference: string }
  | { readonly type: "ReturnPayment"; readonly paymentId: string; readonly reason: string };
