import {
  evolveBenefitStatus,
  type benefitContracts,
  type CompensationCheck,
  type CompensationKind,
  type Personal,
  type RecordedFactOf,
} from "@safar/contracts";
import type { Money } from "@safar/kernel";

/** One payment on its way: ordered, then settled or returned. */
interface Payment {
  readonly paymentId: string;
  readonly amount: Money;
  readonly stage: "ordered" | "settled" | "returned";
}

export interface BenefitState {
  readonly status: string;
  readonly benefitId: string | undefined;
  readonly kind: CompensationKind | undefined;
  readonly round: string | undefined;
  /** Events elsewhere that prove the expense. */
  readonly proofs: readonly string[];
  readonly application:
    | {
        readonly amount: Money;
        readonly cap: Money;
        readonly appliedOn: string;
        readonly cardHolder: Personal<string>;
        readonly cardNumber: Personal<string>;
        readonly cardHolderIsCandidate: boolean;
      }
    | undefined;
  readonly rules: readonly { readonly rule: CompensationCheck; readonly passed: boolean }[];
  readonly decision: "none" | "approved" | "rejected";
  readonly approved: Money | undefined;
  readonly payments: readonly Payment[];
}

export const initialBenefit: BenefitState = {
  status: "",
  benefitId: undefined,
  kind: undefined,
  round: undefined,
  proofs: [],
  application: undefined,
  rules: [],
  decision: "none",
  approved: undefined,
  payments: [],
};

type Fact = RecordedFactOf<typeof benefitContracts>;

const moved = (state: BenefitState, paymentId: string, stage: Payment["stage"]): BenefitState => ({
  ...state,
  payments: state.payments.map((payment) => (payment.paymentId === paymentId ? { ...payment, stage } : payment)),
});

const withFact = (state: BenefitState, fact: Fact): BenefitState => {
  switch (fact.type) {
    case "ExpenseProved":
      return { ...state, proofs: [...new Set([...state.proofs, fact.data.eventId])] };
    case "EligibilityOpened":
      return { ...state, round: fact.data.round };
    case "CompensationApplied": {
      const { amount, cap, appliedOn, cardHolder, cardNumber, cardHolderIsCandidate } = fact.data;
      const application = { amount, cap, appliedOn, cardHolder, cardNumber, cardHolderIsCandidate };
      return { ...state, application, rules: [], decision: "none" };
    }
    case "CompensationChecked":
      return { ...state, rules: fact.data.rules.map(({ rule, passed }) => ({ rule, passed })) };
    case "CompensationApproved":
      return { ...state, decision: "approved", approved: fact.data.amount };
    case "CompensationRejected":
      return { ...state, decision: "rejected" };
    case "PaymentOrdered": {
      const { paymentId, amount } = fact.data;
      return { ...state, payments: [...state.payments, { paymentId, amount, stage: "ordered" }] };
    }
    case "PaymentSettled":
      return moved(state, fact.data.paymentId, "settled");
    case "PaymentReturned":
      return moved(state, fact.data.paymentId, "returned");
  }
};

export const evolveBenefit = (state: BenefitState, fact: Fact): BenefitState => ({
  ...withFact(state, fact),
  status: evolveBenefitStatus(state.status, fact),
  benefitId: fact.data.benefitId,
  kind: fact.data.kind,
});
