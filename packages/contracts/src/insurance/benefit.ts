import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { isoDate, moneySchema, reasonCode, uuid } from "../fields.ts";
import { personal } from "../personal.ts";
import { COMPENSATION_KINDS } from "../reference/money.ts";

const of = { of: "personId" } as const;
export const compensationKindSchema = z.enum(COMPENSATION_KINDS);
const ofBenefit = { benefitId: uuid, kind: compensationKindSchema };

/** What has to be true for a kind of compensation, beside its own rule (money.json, compensationRules). */
export const COMPENSATION_CHECKS = ["placement-confirmed", "expense-proved", "card-holder", "within-cap"] as const;
export const compensationCheckSchema = z.enum(COMPENSATION_CHECKS);
export type CompensationCheck = z.infer<typeof compensationCheckSchema>;

/** A fact elsewhere on which a kind depends: a certificate, a visa, a departure. May come before everything else. */
export const ExpenseProved = event(
  "ExpenseProved",
  z.strictObject({ ...ofBenefit, by: z.enum(["certificate", "visa", "border-exit"]), eventId: uuid }),
).published();
export const EligibilityOpened = event(
  "EligibilityOpened",
  z.strictObject({ ...ofBenefit, round: uuid, openedOn: isoDate }),
).published();
export const CompensationApplied = event(
  "CompensationApplied",
  z.strictObject({
    ...ofBenefit,
    appliedOn: isoDate,
    amount: moneySchema,
    /** By the BHM of the day of the application. */
    cap: moneySchema,
    cardHolder: personal(z.string().min(1).max(200), of),
    cardNumber: personal(z.string().regex(/^\d{16}$/), of),
    cardHolderIsCandidate: z.boolean(),
  }),
).published();
/** Each rule, passed or failed; its words in the reader's language stand with the service. */
export const CompensationChecked = event(
  "CompensationChecked",
  z.strictObject({
    ...ofBenefit,
    rules: z.array(z.strictObject({ rule: compensationCheckSchema, passed: z.boolean(), words: z.string() })).min(1),
  }),
).published();
export const CompensationApproved = event(
  "CompensationApproved",
  z.strictObject({ ...ofBenefit, amount: moneySchema }),
).published();
export const CompensationRejected = event(
  "CompensationRejected",
  z.strictObject({ ...ofBenefit, reasons: z.array(reasonCode).min(1), appealUntil: isoDate }),
).published();
export const PaymentOrdered = event(
  "PaymentOrdered",
  z.strictObject({ ...ofBenefit, paymentId: uuid, amount: moneySchema, dueBy: isoDate }),
).published();
export const PaymentSettled = event(
  "PaymentSettled",
  z.strictObject({ ...ofBenefit, paymentId: uuid, amount: moneySchema, bankReference: z.string().min(1).max(100) }),
).published();
export const PaymentReturned = event(
  "PaymentReturned",
  z.strictObject({ ...ofBenefit, paymentId: uuid, amount: moneySchema, reason: reasonCode }),
).published();

/** `benefit-<id>`, the id from case and kind: one payment a kind and journey. `DuplicateClaimBlocked` comes later. */
export const benefitContracts = contractSet({
  category: "benefit",
  service: "insurance-compensation",
  subject: "benefit",
  contracts: [
    ExpenseProved,
    EligibilityOpened,
    CompensationApplied,
    CompensationChecked,
    CompensationApproved,
    CompensationRejected,
    PaymentOrdered,
    PaymentSettled,
    PaymentReturned,
  ],
});
