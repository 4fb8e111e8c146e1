import t from "tap";
import type { BenefitCommand } from "../src/domain/benefit/commands.ts";
import type { PolicyCommand } from "../src/domain/policy/commands.ts";
import {
  activated,
  applied,
  approved,
  cancelled,
  cap,
  checked,
  eligible,
  givenBenefit,
  givenPolicy,
  id,
  issued,
  ordered,
  premium,
  proved,
  quoted,
  rejected,
  returned,
  settled,
  subsidised,
  uzs,
  type BenefitFact,
} from "./support/given.ts";

const ofBenefit = { benefitId: id(1), kind: "exam" as const };
const words = {
  "placement-confirmed": "placement",
  "expense-proved": "proof",
  "card-holder": "card",
  "within-cap": "cap",
};
const apply = (given: object = {}): BenefitCommand => ({
  type: "ApplyForCompensation",
  ...ofBenefit,
  appliedOn: "2026-06-10",
  amount: uzs(90_000_000),
  cap,
  cardHolder: "ANVAR KARIMOV",
  cardNumber: "8600123412341234",
  cardHolderIsCandidate: true,
  ...given,
});
const check: BenefitCommand = { type: "CheckCompensation", words };
const approve: BenefitCommand = { type: "ApproveCompensation" };
const reject: BenefitCommand = { type: "RejectCompensation", reasons: ["wrong-card"], appealUntil: "2026-07-10" };
const order = (n: number): BenefitCommand => ({ type: "OrderPayment", paymentId: id(70 + n), dueBy: "2026-07-10" });
const settle = (n: number): BenefitCommand => ({ type: "SettlePayment", paymentId: id(70 + n), bankReference: "B-1" });
const giveBack = (n: number): BenefitCommand => ({
  type: "ReturnPayment",
  paymentId: id(70 + n),
  reason: "card-closed",
});

const ready = [proved(), eligible, applied()] as const;
const granted = [...ready, checked(), approved()] as const;

t.test("an expense is proved once by each event, also long before anybody may apply", (t) => {
  const prove: BenefitCommand = { type: "ProveExpense", ...ofBenefit, by: "certificate", eventId: id(51) };
  t.same(givenBenefit().when(prove), ["ExpenseProved"]);
  t.equal(givenBenefit(proved(1)).when(prove), "already-done");
  t.same(givenBenefit(proved(2)).when(prove), ["ExpenseProved"]);
  t.end();
});

t.test("a confirmed placement opens eligibility once a round", (t) => {
  const open = (n: number): BenefitCommand => ({
    type: "OpenEligibility",
    ...ofBenefit,
    round: id(n),
    openedOn: "2026-06-05",
  });
  t.same(givenBenefit(proved()).when(open(4)), ["EligibilityOpened"]);
  t.equal(givenBenefit(eligible).when(open(4)), "already-done");
  t.same(givenBenefit(eligible).when(open(5)), ["EligibilityOpened"]);
  t.end();
});

t.test("nobody applies before the placement is confirmed, twice, or for nothing", (t) => {
  t.same(givenBenefit(eligible).when(apply()), ["CompensationApplied"]);
  t.equal(givenBenefit(proved()).when(apply()), "not-eligible");
  t.equal(givenBenefit(...ready).when(apply()), "already-applied");
  t.equal(givenBenefit(...granted).when(apply()), "already-applied");
  t.equal(givenBenefit(eligible).when(apply({ amount: uzs(0) })), "amount-not-positive");
  const inEuro = apply({ amount: { minor: 100, currency: "EUR" } });
  t.equal(givenBenefit(eligible).when(inEuro), "compensation-currency");
  t.end();
});

t.test("who was rejected may apply again with what was missing; who was paid may not", (t) => {
  t.same(givenBenefit(...ready, checked("card-holder"), rejected).when(apply()), ["CompensationApplied"]);
  t.equal(givenBenefit(...granted, ordered(1), settled(1)).when(apply()), "already-paid");
  t.end();
});

t.test("a check says of every rule whether it holds", (t) => {
  const rulesOf = (...given: readonly BenefitFact[]) => {
    const decision = givenBenefit(...given).decide(check);
    const [fact] = decision.accepted ? decision.facts : [];
    return fact?.type === "CompensationChecked" ? fact.data.rules.map(({ passed }) => passed) : undefined;
  };
  t.same(rulesOf(...ready), [true, true, true, true]);
  t.same(rulesOf(eligible, applied()), [true, false, true, true]);
  t.same(rulesOf(proved(), applied()), [false, true, true, true]);
  t.same(rulesOf(proved(), eligible, applied({ cardHolderIsCandidate: false })), [true, true, false, true]);
  t.same(rulesOf(proved(), eligible, applied({ amount: uzs(cap.minor) })), [true, true, true, true]);
  t.same(rulesOf(proved(), eligible, applied({ amount: uzs(cap.minor + 1) })), [true, true, true, false]);
  t.equal(givenBenefit().when(check), "not-applied");
  t.equal(givenBenefit(eligible).when(check), "not-applied");
  t.end();
});

t.test("nothing is decided before it was checked, or twice", (t) => {
  for (const decision of [approve, reject]) {
    t.equal(givenBenefit(...ready).when(decision), "not-checked");
    t.equal(givenBenefit(...granted).when(decision), "already-decided");
    t.equal(givenBenefit(...ready, checked(), rejected).when(decision), "already-decided");
  }
  t.equal(givenBenefit(...granted).when(check), "already-decided");
  t.same(givenBenefit(...ready, checked("card-holder")).when(reject), ["CompensationRejected"]);
  t.end();
});

t.test("a broken rule bars approval, but for asking too much: then the cap is paid", (t) => {
  for (const rule of ["placement-confirmed", "expense-proved", "card-holder"] as const)
    t.match(givenBenefit(...ready, checked(rule)).decide(approve), {
      refusal: { code: "rule-failed", params: { rules: rule } },
    });
  const greedy = [proved(), eligible, applied({ amount: uzs(cap.minor * 2) }), checked("within-cap")];
  t.match(givenBenefit(...greedy).decide(approve), { facts: [{ data: { amount: cap } }] });
  t.match(givenBenefit(...ready, checked()).decide(approve), { facts: [{ data: { amount: uzs(90_000_000) } }] });
  t.end();
});

t.test("a payment is ordered for what was approved, one at a time, and settled once", (t) => {
  t.equal(givenBenefit(...ready, checked()).when(order(1)), "not-approved");
  t.match(givenBenefit(...granted).decide(order(1)), {
    facts: [{ type: "PaymentOrdered", data: { amount: uzs(90_000_000), dueBy: "2026-07-10" } }],
  });
  t.equal(givenBenefit(...granted, ordered(1)).when(order(2)), "payment-under-way");
  t.same(givenBenefit(...granted, ordered(1)).when(settle(1)), ["PaymentSettled"]);
  t.equal(givenBenefit(...granted, ordered(1)).when(settle(2)), "payment-unknown");
  t.equal(givenBenefit(...granted, ordered(1), settled(1)).when(settle(1)), "already-done");
  t.equal(givenBenefit(...granted, ordered(1), settled(1)).when(order(2)), "already-paid");
  t.end();
});

t.test("what the bank returned is ordered again; what was settled is not returned", (t) => {
  const back = [...granted, ordered(1), returned(1)];
  t.same(givenBenefit(...granted, ordered(1)).when(giveBack(1)), ["PaymentReturned"]);
  t.equal(givenBenefit(...back).when(settle(1)), "already-done");
  t.same(givenBenefit(...back).when(order(2)), ["PaymentOrdered"]);
  t.same(givenBenefit(...back, ordered(2)).when(settle(2)), ["PaymentSettled"]);
  t.equal(givenBenefit(...granted, ordered(1), settled(1)).when(giveBack(1)), "already-done");
  t.end();
});

const quote: PolicyCommand = {
  type: "QuotePolicy",
  policyId: id(2),
  round: id(4),
  destination: "DE",
  contractMonths: 24,
};
const issue = (given: object = {}): PolicyCommand => ({ type: "IssuePolicy", number: "P-1", premium, ...given });
const activate = (given: object = {}): PolicyCommand => ({
  type: "ActivatePolicy",
  validFrom: "2026-08-01",
  validUntil: "2028-08-01",
  ...given,
});
const subsidise = (given: object = {}): PolicyCommand => ({
  type: "GrantPremiumSubsidy",
  amount: uzs(1_000_000),
  socialList: "iron-notebook",
  most: uzs(5_000_000),
  ...given,
});
const cancel: PolicyCommand = { type: "CancelPolicy", reason: "visa-refused" };

t.test("a policy is quoted, issued and put into force, each once and in this order", (t) => {
  t.same(givenPolicy().when(quote), ["PolicyQuoted"]);
  t.equal(givenPolicy(quoted).when(quote), "already-done");
  t.equal(givenPolicy(quoted, cancelled).when(quote), "already-done");
  t.same(givenPolicy(quoted).when(issue()), ["PolicyIssued"]);
  t.equal(givenPolicy(quoted, issued).when(issue()), "already-done");
  t.equal(givenPolicy(quoted).when(activate()), "policy-not-issued");
  t.same(givenPolicy(quoted, issued).when(activate()), ["PolicyActivated"]);
  t.equal(givenPolicy(quoted, issued, activated).when(activate()), "already-done");
  for (const command of [issue(), activate(), subsidise(), cancel])
    t.equal(givenPolicy().when(command), "policy-not-quoted", command.type);
  t.end();
});

t.test("a cover ends after it begins, and costs something", (t) => {
  const sameDay = activate({ validUntil: "2026-08-01" });
  t.equal(givenPolicy(quoted, issued).when(sameDay), "cover-dates-reversed");
  t.equal(givenPolicy(quoted).when(issue({ premium: uzs(0) })), "amount-not-positive");
  t.equal(givenPolicy(quoted).when(issue({ premium: uzs(-1) })), "amount-not-positive");
  t.end();
});

t.test("a subsidy is at most the sum of the law and the premium, once, in the premium's currency", (t) => {
  const amountOf = (command: PolicyCommand) => {
    const decision = givenPolicy(quoted, issued).decide(command);
    const [fact] = decision.accepted ? decision.facts : [];
    return fact?.type === "PremiumSubsidyGranted" ? fact.data.amount.minor : undefined;
  };
  t.equal(amountOf(subsidise()), 1_000_000);
  t.equal(amountOf(subsidise({ amount: uzs(9_000_000) })), premium.minor);
  t.equal(amountOf(subsidise({ amount: uzs(9_000_000), most: uzs(3_000_000) })), 3_000_000);
  t.equal(givenPolicy(quoted).when(subsidise()), "policy-not-issued");
  t.equal(givenPolicy(quoted, issued, subsidised).when(subsidise()), "already-done");
  t.equal(givenPolicy(quoted, issued).when(subsidise({ amount: uzs(0) })), "amount-not-positive");
  const inEuro = subsidise({ amount: { minor: 100, currency: "EUR" } });
  t.equal(givenPolicy(quoted, issued).when(inEuro), "subsidy-currency");
  t.end();
});

t.test("a policy is cancelled once, and takes nothing more", (t) => {
  for (const facts of [[quoted], [quoted, issued], [quoted, issued, activated]])
    t.same(givenPolicy(...facts).when(cancel), ["PolicyCancelled"]);
  t.equal(givenPolicy(quoted, cancelled).when(cancel), "already-done");
  for (const command of [issue(), activate(), subsidise()])
    t.equal(givenPolicy(quoted, issued, cancelled).when(command), "policy-cancelled", command.type);
  t.end();
});
