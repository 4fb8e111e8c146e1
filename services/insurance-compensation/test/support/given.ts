import type { benefitContracts, CompensationCheck, FactOf, policyContracts } from "@safar/contracts";
import { fold, type Decision, type Money } from "@safar/kernel";
import type { BenefitCommand } from "../../src/domain/benefit/commands.ts";
import { decideBenefit } from "../../src/domain/benefit/decide.ts";
import { evolveBenefit, initialBenefit, type BenefitState } from "../../src/domain/benefit/state.ts";
import type { PolicyCommand } from "../../src/domain/policy/commands.ts";
import { decidePolicy } from "../../src/domain/policy/decide.ts";
import { evolvePolicy, initialPolicy, type PolicyState } from "../../src/domain/policy/state.ts";

export type BenefitFact = FactOf<typeof benefitContracts>;
export type PolicyFact = FactOf<typeof policyContracts>;

/** Ids that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
/** Whole tiyin. */
export const uzs = (minor: number): Money => ({ minor, currency: "UZS" });

export const benefitAfter = (facts: readonly BenefitFact[], from: BenefitState = initialBenefit): BenefitState =>
  fold(evolveBenefit, from, facts as never[]);
export const policyAfter = (facts: readonly PolicyFact[], from: PolicyState = initialPolicy): PolicyState =>
  fold(evolvePolicy, from, facts as never[]);

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenBenefit = (...facts: readonly BenefitFact[]) => ({
  decide: (command: BenefitCommand) => decideBenefit(benefitAfter(facts), command),
  when: (command: BenefitCommand) => outcome(decideBenefit(benefitAfter(facts), command)),
});
export const givenPolicy = (...facts: readonly PolicyFact[]) => ({
  decide: (command: PolicyCommand) => decidePolicy(policyAfter(facts), command),
  when: (command: PolicyCommand) => outcome(decidePolicy(policyAfter(facts), command)),
});

const ofBenefit = { benefitId: id(1), kind: "exam" as const };
export const cap = uzs(112_500_000);

export const proved = (n = 1): BenefitFact => ({
  type: "ExpenseProved",
  data: { ...ofBenefit, by: "certificate", eventId: id(50 + n) },
});
export const eligible: BenefitFact = {
  type: "EligibilityOpened",
  data: { ...ofBenefit, round: id(4), openedOn: "2026-06-05" },
};
export const applied = (given: object = {}): BenefitFact => ({
  type: "CompensationApplied",
  data: {
    ...ofBenefit,
    appliedOn: "2026-06-10",
    amount: uzs(90_000_000),
    cap,
    cardHolder: "ANVAR KARIMOV",
    cardNumber: "8600123412341234",
    cardHolderIsCandidate: true,
    ...given,
  },
});
export const RULES = ["placement-confirmed", "expense-proved", "card-holder", "within-cap"] as const;
export const checked = (...failed: readonly CompensationCheck[]): BenefitFact => ({
  type: "CompensationChecked",
  data: { ...ofBenefit, rules: RULES.map((rule) => ({ rule, passed: !failed.includes(rule), words: rule })) },
});
export const approved = (amount = uzs(90_000_000)): BenefitFact => ({
  type: "CompensationApproved",
  data: { ...ofBenefit, amount },
});
export const rejected: BenefitFact = {
  type: "CompensationRejected",
  data: { ...ofBenefit, reasons: ["wrong-card"], appealUntil: "2026-07-10" },
};
const payment = (n: number) => ({ ...ofBenefit, paymentId: id(70 + n), amount: uzs(90_000_000) });
export const ordered = (n: number): BenefitFact => ({
  type: "PaymentOrdered",
  data: { ...payment(n), dueBy: "2026-07-10" },
});
export const settled = (n: number): BenefitFact => ({
  type: "PaymentSettled",
  data: { ...payment(n), bankReference: "B-1" },
});
export const returned = (n: number): BenefitFact => ({
  type: "PaymentReturned",
  data: { ...payment(n), reason: "card-closed" },
});

const ofPolicy = { policyId: id(2), round: id(4) };
export const quoted: PolicyFact = {
  type: "PolicyQuoted",
  data: { ...ofPolicy, destination: "DE", contractMonths: 24 },
};
export const premium = uzs(4_000_000);
export const issued: PolicyFact = { type: "PolicyIssued", data: { ...ofPolicy, number: "P-1", premium } };
export const activated: PolicyFact = {
  type: "PolicyActivated",
  data: { ...ofPolicy, validFrom: "2026-08-01", validUntil: "2028-08-01" },
};
export const subsidised: PolicyFact = {
  type: "PremiumSubsidyGranted",
  data: { ...ofPolicy, amount: uzs(1_000_000), socialList: "iron-notebook" },
};
export const cancelled: PolicyFact = { type: "PolicyCancelled", data: { ...ofPolicy, reason: "visa-refused" } };
