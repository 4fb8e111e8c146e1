import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import t from "tap";
import { personContracts, registrationContracts, registrationStatus } from "@safar/contracts";
import type { CaseCommand } from "../src/domain/case/commands.ts";
import { decideCase } from "../src/domain/case/decide.ts";
import { initialCase } from "../src/domain/case/state.ts";
import type { PersonCommand } from "../src/domain/person/commands.ts";
import { decidePerson } from "../src/domain/person/decide.ts";
import { initialPerson } from "../src/domain/person/state.ts";
import {
  candidate,
  caseAfter,
  consent,
  cv,
  id,
  personAfter,
  suspicion,
  type CaseFact,
  type PersonFact,
} from "./support/given.ts";

const few = fc.integer({ min: 1, max: 3 });
const reason = fc.constantFrom("document-check", "court-order", "consent-withdrawn");
const suspected = fc.subarray([1, 2, 3].map(suspicion));
const otherCaseId = few.map((n) => id(100 + n));
const requestId = fc.integer({ min: 10, max: 11 }).map(id);
const method = fc.constantFrom("document" as const, "face-id" as const);

const registration = fc.record({
  type: fc.constant("RegisterCandidate" as const),
  candidate: fc.constantFrom(candidate, { ...candidate, startsAbroad: true }),
  consent: few.map(consent),
  ageOnAsOf: fc.integer({ min: 17, max: 60 }),
  suspected,
});
const caseCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  fc.record({
    type: fc.constant("GrantConsent" as const),
    consent: few.map(consent),
    asOf: fc.constantFrom("2026-01-14", "2026-02-16"),
  }),
  fc.constant({ type: "WithdrawConsent" as const, withdrawnOn: "2026-02-16" }),
  fc.record({ type: fc.constant("RequestIdentityVerification" as const), requestId, method }),
  fc.record({ type: fc.constant("VerifyIdentity" as const), requestId, method }),
  fc.record({ type: fc.constant("RejectIdentity" as const), requestId, reason }),
  fc.record({
    type: fc.constant("CorrectPersonDetails" as const),
    correction: fc.record({
      corrects: fc.constant(id(9000)),
      reason: fc.constant("misspelt"),
      warnings: fc.constant<string[]>([]),
      phone: fc.constantFrom("+998900000001", "+998900000002"),
    }),
    unchanged: fc.subarray(["phone"]),
    suspected,
  }),
  fc.record({
    type: fc.constant("RenewPassport" as const),
    passport: fc.constant({ passport: "AD7654321", passportExpiry: "2036-01-01" }),
    sameAsBefore: fc.boolean(),
    suspected,
  }),
  fc.constant({ type: "PublishCv" as const, cv }),
  fc.record({ type: fc.constant("DeclareInterest" as const), vacancyId: few.map(id) }),
  fc.record({ type: fc.constant("SuspectDuplicate" as const), suspected: few.map(suspicion) }),
  fc.record({ type: fc.constant("DismissDuplicate" as const), otherCaseId }),
  fc.record({ type: fc.constant("ConfirmDuplicate" as const), otherCaseId, mergeIntoOther: fc.boolean() }),
  fc.constant({ type: "UnmergeCase" as const }),
  fc.record({ type: fc.constant("MarkJourneyPlaced" as const), round: few.map(id) }),
  ...(["WithdrawCandidate", "CloseCase", "ReopenCase", "SuspendCase", "ResumeCase"] as const).map((type) =>
    fc.record({ type: fc.constant(type), reason }),
  ),
);
const caseCommands = fc
  .tuple(registration, fc.array(fc.oneof(caseCommand, registration), { maxLength: 50 }))
  .map(([first, rest]): CaseCommand[] => [first, ...rest]);

const personCommand: fc.Arbitrary<PersonCommand> = fc.oneof(
  fc.record({ type: fc.constant("OpenJourney" as const), caseId: few.map(id) }),
  fc.record({
    type: fc.constant("EndJourney" as const),
    caseId: few.map(id),
    cause: fc.constantFrom("closed" as const, "withdrawn" as const, "merged" as const, "given-up" as const),
  }),
);

/** What a case comes to under commands; the facts that they left. */
const historyOf = (commands: readonly CaseCommand[]): readonly CaseFact[] => {
  let state = initialCase;
  return commands.flatMap((command) => {
    const decision = decideCase(state, command);
    if (!decision.accepted) return [];
    state = caseAfter(decision.facts, state);
    return [...decision.facts];
  });
};
const personHistoryOf = (commands: readonly PersonCommand[]): readonly PersonFact[] => {
  let state = initialPerson;
  return commands.flatMap((command) => {
    const decision = decidePerson(state, command);
    if (!decision.accepted) return [];
    state = personAfter(decision.facts, state);
    return [...decision.facts];
  });
};

const histories = caseCommands.map(historyOf);
const personHistories = fc.array(personCommand, { maxLength: 30 }).map(personHistoryOf);
const STATUSES = ["submitted", "identityPending", "active", "suspended", "merged", "withdrawn", "closed"];

/** As it lies in a read model. Which fact named a person last follows from the fact's place, not from its content. */
const stored = <State>(state: State): State =>
  JSON.parse(JSON.stringify(state, (key, value: unknown) => (key === "detailsEventIds" ? [] : value))) as State;

t.test("whatever is recorded keeps its contract", async (t) => {
  const property = fc.property(histories, personHistories, (facts, personFacts) => {
    for (const { type, data } of facts) registrationContracts.find(type)!.schema.parse(data);
    for (const { type, data } of personFacts) personContracts.find(type)!.schema.parse(data);
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("any facts in any order fold to a state that has a word", async (t) => {
  const shuffled = histories.chain((facts) => fc.shuffledSubarray([...facts]));
  const property = fc.property(shuffled, (facts) => STATUSES.includes(registrationStatus(caseAfter(facts).lifecycle)));
  t.doesNotThrow(() => fc.assert(property));
  const persons = personHistories.chain((facts) => fc.shuffledSubarray([...facts]));
  t.doesNotThrow(() => fc.assert(fc.property(persons, (facts) => void personAfter(facts))));
});

t.test("replaying a history is the same as following it, also from a state that was stored", async (t) => {
  const property = fc.property(histories, personHistories, fc.nat(), (facts, personFacts, cut) => {
    const at = cut % (facts.length + 1);
    const resumed = caseAfter(facts.slice(at), stored(caseAfter(facts.slice(0, at))));
    const personAt = cut % (personFacts.length + 1);
    const person = personAfter(personFacts.slice(personAt), personAfter(personFacts.slice(0, personAt)));
    return (
      isDeepStrictEqual(stored(resumed), stored(caseAfter(facts))) &&
      isDeepStrictEqual(person, personAfter(personFacts))
    );
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("done twice is done once", async (t) => {
  // Each consent, each revision of a CV and each correction is a fact of its own; the edge sees what has not changed.
  const another: ReadonlySet<string> = new Set(["GrantConsent", "PublishCv", "CorrectPersonDetails", "RenewPassport"]);
  const property = fc.property(caseCommands, fc.oneof(caseCommand, registration), (commands, command) => {
    const before = caseAfter(historyOf(commands));
    const first = decideCase(before, command);
    if (another.has(command.type) || !first.accepted) return true;
    return !decideCase(caseAfter(first.facts, before), command).accepted;
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
});

t.test("a case that was suspected is not active before a person has decided", async (t) => {
  const property = fc.property(histories, (facts) => {
    const open = new Set<string>();
    for (const { type, data } of facts) {
      if (type === "DuplicateSuspected") open.add(data.otherCaseId);
      if (type === "DuplicateDismissed") open.delete(data.otherCaseId);
    }
    return open.size === 0 || registrationStatus(caseAfter(facts).lifecycle) !== "active";
  });
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
});

t.test("a person never has two open journeys", async (t) => {
  const property = fc.property(personHistories, (facts) => {
    const open = new Set<string>();
    return facts.every(({ type, data }) => {
      if (type === "JourneyOpened") open.add(data.caseId);
      else open.delete(data.caseId);
      return open.size <= 1;
    });
  });
  t.doesNotThrow(() => fc.assert(property));
});
