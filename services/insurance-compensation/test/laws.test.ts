import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import t from "tap";
import { benefitContracts, policyContracts, subsidyYearContracts, type FactOf } from "@safar/contracts";
import type { BenefitCommand } from "../src/domain/benefit/commands.ts";
import { decideBenefit } from "../src/domain/benefit/decide.ts";
import { initialBenefit } from "../src/domain/benefit/state.ts";
import type { PolicyCommand } from "../src/domain/policy/commands.ts";
import { decidePolicy } from "../src/domain/policy/decide.ts";
import { initialPolicy } from "../src/domain/policy/state.ts";
import type { SubsidyYearCommand } from "../src/domain/subsidy-year/commands.ts";
import { decideSubsidyYear } from "../src/domain/subsidy-year/decide.ts";
import { evolveSubsidyYear, initialSubsidyYear } from "../src/domain/subsidy-year/state.ts";
import { benefitAfter, id, policyAfter, uzs, type BenefitFact, type PolicyFact } from "./support/given.ts";

const benefitId = fc.constant(id(1));
const kind = fc.constant("ticket" as const);
const few = fc.integer({ min: 1, max: 3 });
const paymentId = few.map((n) => id(70 + n));
const money = fc
  .tuple(fc.integer({ min: -1, max: 300 }), fc.constantFrom("UZS", "UZS", "UZS", "EUR"))
  .map(([minor, currency]) => ({ minor, currency }));
const type = <const Type extends string>(name: Type) => fc.constant(name);

const benefitCommand: fc.Arbitrary<BenefitCommand> = fc.oneof(
  fc.record({
    type: type("ProveExpense"),
    benefitId,
    kind,
    by: fc.constant("border-exit" as const),
    eventId: few.map(id),
  }),
  fc.record({
    type: type("OpenEligibility"),
    benefitId,
    kind,
    round: few.map(id),
    openedOn: fc.constant("2026-06-05"),
  }),
  fc.record({
    type: type("ApplyForCompensation"),
    benefitId,
    kind,
    appliedOn: fc.constant("2026-06-10"),
    amount: money,
    cap: fc.constantFrom(uzs(100), uzs(150)),
    cardHolder: fc.constant("ANVAR KARIMOV"),
    cardNumber: fc.constant("8600123412341234"),
    cardHolderIsCandidate: fc.constantFrom(true, true, false),
  }),
  fc.record({
    type: type("CheckCompensation"),
    words: fc.constant({ "placement-confirmed": "", "expense-proved": "", "card-holder": "", "within-cap": "" }),
  }),
  fc.record({ type: type("ApproveCompensation") }),
  fc.record({
    type: type("RejectCompensation"),
    reasons: fc.constant(["wrong-card"]),
    appealUntil: fc.constant("2026-07-10"),
  }),
  fc.record({ type: type("OrderPayment"), paymentId, dueBy: fc.constant("2026-07-10") }),
  fc.record({ type: type("SettlePayment"), paymentId, bankReference: fc.constant("B-1") }),
  fc.record({ type: type("ReturnPayment"), paymentId, reason: fc.constant("card-closed") }),
);

const policyCommand: fc.Arbitrary<PolicyCommand> = fc.oneof(
  fc.record({
    type: type("QuotePolicy"),
    policyId: fc.constant(id(2)),
    round: fc.constant(id(4)),
    destination: fc.constant("DE"),
    contractMonths: fc.constant(24),
  }),
  fc.record({ type: type("IssuePolicy"), number: fc.constant("P-1"), premium: money }),
  fc.record({
    type: type("ActivatePolicy"),
    validFrom: fc.constantFrom("2026-08-01", "2027-08-01"),
    validUntil: fc.constantFrom("2026-08-01", "2028-08-01"),
  }),
  fc.record({
    type: type("GrantPremiumSubsidy"),
    amount: money,
    socialList: fc.constant("iron-notebook"),
    most: fc.constant(uzs(50)),
  }),
  fc.record({ type: type("CancelPolicy"), reason: fc.constant("visa-refused") }),
);

/** What a benefit comes to under commands; the facts that they left. */
const benefitHistory = (commands: readonly BenefitCommand[]): readonly BenefitFact[] => {
  let state = initialBenefit;
  return commands.flatMap((command) => {
    const decision = decideBenefit(state, command);
    if (!decision.accepted) return [];
    state = benefitAfter(decision.facts, state);
    return [...decision.facts];
  });
};
const policyHistory = (commands: readonly PolicyCommand[]): readonly PolicyFact[] => {
  let state = initialPolicy;
  return commands.flatMap((command) => {
    const decision = decidePolicy(state, command);
    if (!decision.accepted) return [];
    state = policyAfter(decision.facts, state);
    return [...decision.facts];
  });
};

// Long enough that payments are ordered, returned, ordered again and settled in many of them.
const benefitCommands = fc.array(benefitCommand, { minLength: 40, maxLength: 150 });
const benefits = benefitCommands.map(benefitHistory);
const policies = fc.array(policyCommand, { maxLength: 30 }).map(policyHistory);

/** As it lies in a read model. */
const stored = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

t.test("whatever is recorded keeps its contract", (t) => {
  const property = fc.property(benefits, policies, (facts, policyFacts) => {
    for (const fact of facts) benefitContracts.find(fact.type)!.schema.parse(fact.data);
    for (const fact of policyFacts) policyContracts.find(fact.type)!.schema.parse(fact.data);
  });
  t.doesNotThrow(() => fc.assert(property));
  t.end();
});

t.test("any facts in any order fold to a state that is named after the last of them", (t) => {
  const named = (status: string, last: { readonly type: string } | undefined) =>
    status.toLowerCase() === (last?.type.toLowerCase() ?? "");
  const shuffled = benefits.chain((facts) => fc.shuffledSubarray([...facts]));
  const shuffledPolicies = policies.chain((facts) => fc.shuffledSubarray([...facts]));
  const property = fc.property(
    shuffled,
    shuffledPolicies,
    (facts, policyFacts) =>
      named(benefitAfter(facts).status, facts.at(-1)) && named(policyAfter(policyFacts).status, policyFacts.at(-1)),
  );
  t.doesNotThrow(() => fc.assert(property));
  t.end();
});

t.test("replaying a history is the same as following it, also from a state that was stored", (t) => {
  const property = fc.property(benefits, policies, fc.nat(), (facts, policyFacts, cut) => {
    const at = cut % (facts.length + 1);
    const policyAt = cut % (policyFacts.length + 1);
    const resumed = benefitAfter(facts.slice(at), stored(benefitAfter(facts.slice(0, at))));
    const policy = policyAfter(policyFacts.slice(policyAt), stored(policyAfter(policyFacts.slice(0, policyAt))));
    return (
      isDeepStrictEqual(stored(resumed), stored(benefitAfter(facts))) &&
      isDeepStrictEqual(stored(policy), stored(policyAfter(policyFacts)))
    );
  });
  t.doesNotThrow(() => fc.assert(property));
  t.end();
});

t.test("done twice is done once", (t) => {
  // A check may be made anew until it is decided, since proofs still come.
  const property = fc.property(benefitCommands, benefitCommand, (commands, command) => {
    const before = benefitAfter(benefitHistory(commands));
    const first = decideBenefit(before, command);
    if (command.type === "CheckCompensation" || !first.accepted) return true;
    return !decideBenefit(benefitAfter(first.facts, before), command).accepted;
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 300 }));
  const policyProperty = fc.property(fc.array(policyCommand, { maxLength: 30 }), policyCommand, (commands, command) => {
    const before = policyAfter(policyHistory(commands));
    const first = decidePolicy(before, command);
    return !first.accepted || !decidePolicy(policyAfter(first.facts, before), command).accepted;
  });
  t.doesNotThrow(() => fc.assert(policyProperty, { numRuns: 300 }));
  t.end();
});

const subsidyYearCommand: fc.Arbitrary<SubsidyYearCommand> = fc.oneof(
  fc.record({
    type: type("ReserveSubsidy"),
    caseId: fc.constant(id(3)),
    policyId: few.map(id),
    year: fc.constant(2026),
    amount: money,
    most: fc.constant(uzs(300)),
  }),
  fc.record({ type: type("ReleaseSubsidy"), policyId: few.map(id) }),
);
const subsidyYearAfter = (commands: readonly SubsidyYearCommand[]) => {
  const facts: FactOf<typeof subsidyYearContracts>[] = [];
  let state = initialSubsidyYear;
  for (const command of commands) {
    const decision = decideSubsidyYear(state, command);
    if (!decision.accepted) continue;
    facts.push(...decision.facts);
    state = decision.facts.reduce(evolveSubsidyYear, state);
  }
  return { state, facts };
};

t.test(
  "a person's year is never granted more than its sum, done twice is done once, and each fact keeps its contract",
  (t) => {
    const commands = fc.array(subsidyYearCommand, { maxLength: 30 });
    const property = fc.property(commands, subsidyYearCommand, (before, command) => {
      const { state, facts } = subsidyYearAfter(before);
      for (const fact of facts) subsidyYearContracts.find(fact.type)!.schema.parse(fact.data);
      const sum = Object.values(state.byPolicy).reduce((total, { minor }) => total + minor, 0);
      const first = decideSubsidyYear(state, command);
      const after = first.accepted ? first.facts.reduce(evolveSubsidyYear, state) : state;
      return sum <= 300 && !(first.accepted && decideSubsidyYear(after, command).accepted);
    });
    t.doesNotThrow(() => fc.assert(property, { numRuns: 300 }));
    t.end();
  },
);

/** What a history says about money. */
const ledgerOf = (facts: readonly BenefitFact[]) => {
  const settled: number[] = [];
  let [cap, approved, underWay, mostUnderWay] = [0, 0, 0, 0];
  for (const { type: name, data } of facts) {
    if (name === "CompensationApplied") cap = data.cap.minor;
    if (name === "CompensationApproved") approved = data.amount.minor;
    if (name === "PaymentOrdered") underWay += 1;
    if (name === "PaymentReturned" || name === "PaymentSettled") underWay -= 1;
    if (name === "PaymentSettled") settled.push(data.amount.minor);
    mostUnderWay = Math.max(mostUnderWay, underWay);
  }
  return { settled, cap, approved, mostUnderWay };
};

t.test("a benefit is settled at most once, for what was approved, and never for more than the cap", (t) => {
  let paid = 0;
  const property = fc.property(benefits, (facts) => {
    const { settled, cap, approved, mostUnderWay } = ledgerOf(facts);
    paid += settled.length;
    return settled.length <= 1 && mostUnderWay <= 1 && settled.every((amount) => amount === approved && amount <= cap);
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000, seed: 59 }));
  t.ok(paid > 50, `the histories come to a payment in ${paid} of a thousand`);
  t.end();
});

t.test("a subsidy is never more than the premium, and never more than the law grants", (t) => {
  const property = fc.property(policies, (facts) => {
    const { premium, subsidy } = policyAfter(facts);
    return subsidy === undefined || (premium !== undefined && subsidy.minor <= Math.min(premium.minor, 50));
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
  t.end();
});
