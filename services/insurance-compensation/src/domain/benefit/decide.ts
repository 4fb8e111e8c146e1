import type { benefitContracts, CompensationCheck, CompensationKind, FactOf } from "@safar/contracts";
import { accept, lesser, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { BenefitCommand } from "./commands.ts";
import type { BenefitState } from "./state.ts";

type Fact = FactOf<typeof benefitContracts>;
export type BenefitRefusal = RefusalOf<
  | "already-done"
  | "not-eligible"
  | "not-applied"
  | "already-applied"
  | "not-checked"
  | "rule-failed"
  | "already-decided"
  | "not-approved"
  | "payment-under-way"
  | "already-paid"
  | "payment-unknown"
  | "amount-not-positive"
  | "compensation-currency"
>;
type BenefitDecision = Decision<Fact, BenefitRefusal>;

const isPaid = (state: BenefitState): boolean => state.payments.some(({ stage }) => stage === "settled");

type Opening = Extract<BenefitCommand, { type: "ProveExpense" | "OpenEligibility" | "ApplyForCompensation" }>;

const decideOpening = (state: BenefitState, command: Opening): BenefitDecision => {
  const { benefitId, kind } = command;
  switch (command.type) {
    case "ProveExpense": {
      if (state.proofs.includes(command.eventId)) return refuse("already-done");
      return accept({ type: "ExpenseProved", data: { benefitId, kind, by: command.by, eventId: command.eventId } });
    }
    case "OpenEligibility": {
      if (state.round === command.round) return refuse("already-done");
      const { round, openedOn } = command;
      return accept({ type: "EligibilityOpened", data: { benefitId, kind, round, openedOn } });
    }
    case "ApplyForCompensation": {
      if (state.round === undefined) return refuse("not-eligible");
      if (isPaid(state)) return refuse("already-paid");
      // A rejected application may be made again, with what was missing; one under way or approved may not.
      if (state.application !== undefined && state.decision !== "rejected") return refuse("already-applied");
      const { appliedOn, amount, cap, cardHolder, cardNumber, cardHolderIsCandidate } = command;
      if (amount.minor <= 0) return refuse("amount-not-positive");
      if (amount.currency !== cap.currency) return refuse("compensation-currency", { currency: cap.currency });
      const data = { benefitId, kind, appliedOn, amount, cap, cardHolder, cardNumber, cardHolderIsCandidate };
      return accept({ type: "CompensationApplied", data });
    }
  }
};

interface Known {
  readonly benefitId: string;
  readonly kind: CompensationKind;
}

type Judging = Extract<BenefitCommand, { type: "CheckCompensation" | "ApproveCompensation" | "RejectCompensation" }>;

const decideJudging = (state: BenefitState, { benefitId, kind }: Known, command: Judging): BenefitDecision => {
  const { application, decision, rules } = state;
  if (application === undefined) return refuse("not-applied");
  if (decision !== "none") return refuse("already-decided");
  switch (command.type) {
    case "CheckCompensation": {
      const results: Readonly<Record<CompensationCheck, boolean>> = {
        "placement-confirmed": state.round !== undefined,
        "expense-proved": state.proofs.length > 0,
        "card-holder": application.cardHolderIsCandidate,
        "within-cap": application.amount.minor <= application.cap.minor,
      };
      const checked = (["placement-confirmed", "expense-proved", "card-holder", "within-cap"] as const).map((rule) => ({
        rule,
        passed: results[rule],
        words: command.words[rule],
      }));
      return accept({ type: "CompensationChecked", data: { benefitId, kind, rules: checked } });
    }
    case "ApproveCompensation": {
      if (rules.length === 0) return refuse("not-checked");
      // Asking for more than the cap is no fault: the cap is paid.
      const failed = rules.filter(({ rule, passed }) => !passed && rule !== "within-cap").map(({ rule }) => rule);
      if (failed.length > 0) return refuse("rule-failed", { rules: failed.join(", ") });
      const amount = lesser(application.amount, application.cap);
      return accept({ type: "CompensationApproved", data: { benefitId, kind, amount } });
    }
    case "RejectCompensation": {
      if (rules.length === 0) return refuse("not-checked");
      const { reasons, appealUntil } = command;
      return accept({
        type: "CompensationRejected",
        data: { benefitId, kind, reasons: [...reasons], appealUntil },
        ...(reasons[0] === undefined ? {} : { reasonCode: reasons[0] }),
      });
    }
  }
};

type Paying = Extract<BenefitCommand, { type: "OrderPayment" | "SettlePayment" | "ReturnPayment" }>;

const decidePaying = (state: BenefitState, { benefitId, kind }: Known, command: Paying): BenefitDecision => {
  const { approved, payments } = state;
  if (command.type === "OrderPayment") {
    if (state.decision !== "approved" || approved === undefined) return refuse("not-approved");
    if (isPaid(state)) return refuse("already-paid");
    if (payments.some(({ stage }) => stage === "ordered")) return refuse("payment-under-way");
    const { paymentId, dueBy } = command;
    return accept({ type: "PaymentOrdered", data: { benefitId, kind, paymentId, amount: approved, dueBy } });
  }
  const payment = payments.find(({ paymentId }) => paymentId === command.paymentId);
  if (!payment) return refuse("payment-unknown");
  if (payment.stage !== "ordered") return refuse("already-done");
  const { paymentId, amount } = payment;
  if (command.type === "SettlePayment") {
    const { bankReference } = command;
    return accept({ type: "PaymentSettled", data: { benefitId, kind, paymentId, amount, bankReference } });
  }
  const { reason } = command;
  return accept({
    type: "PaymentReturned",
    data: { benefitId, kind, paymentId, amount, reason },
    reasonCode: reason,
  });
};

/** One payment a kind and journey; caps by the BHM of the day of the application (lifecycle.md, 7). */
export const decideBenefit = (state: BenefitState, command: BenefitCommand): BenefitDecision => {
  switch (command.type) {
    case "ProveExpense":
    case "OpenEligibility":
    case "ApplyForCompensation":
      return decideOpening(state, command);
    case "CheckCompensation":
    case "ApproveCompensation":
    case "RejectCompensation":
    case "OrderPayment":
    case "SettlePayment":
    case "ReturnPayment": {
      const { benefitId, kind } = state;
      if (benefitId === undefined || kind === undefined) return refuse("not-applied");
      return command.type === "OrderPayment" || command.type === "SettlePayment" || command.type === "ReturnPayment"
        ? decidePaying(state, { benefitId, kind }, command)
        : decideJudging(state, { benefitId, kind }, command);
    }
  }
};
