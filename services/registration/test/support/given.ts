import type {
  duplicatePairContracts,
  FactOf,
  Metadata,
  personContracts,
  registrationContracts,
} from "@safar/contracts";
import { fold, type Decision } from "@safar/kernel";
import { inventedPerson } from "@safar/testing";
import type { CaseCommand } from "../../src/domain/case/commands.ts";
import { decideCase } from "../../src/domain/case/decide.ts";
import { evolveCase, initialCase, type CaseState } from "../../src/domain/case/state.ts";
import type { DuplicatePairCommand } from "../../src/domain/duplicate-pair/commands.ts";
import { decideDuplicatePair } from "../../src/domain/duplicate-pair/decide.ts";
import { evolveDuplicatePair, initialDuplicatePair } from "../../src/domain/duplicate-pair/state.ts";
import type { PersonCommand } from "../../src/domain/person/commands.ts";
import { decidePerson } from "../../src/domain/person/decide.ts";
import { evolvePerson, initialPerson, type PersonState } from "../../src/domain/person/state.ts";

export type CaseFact = FactOf<typeof registrationContracts>;
export type PersonFact = FactOf<typeof personContracts>;

/** Ids that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

const meta: Metadata = {
  schemaVersion: 1,
  service: "registration",
  occurredAt: "2026-02-16T09:00:00Z",
  actor: { id: "registrar-1726", role: "registrar", kind: "human" },
  transactionId: id(999),
  correlationId: "test",
};

/** As it is read from the log; each fact of a history has an id of its own. */
const recorded = <Fact extends object>(facts: readonly Fact[]) =>
  facts.map((fact, index) => ({ ...fact, id: id(9000 + index), meta }));

export const caseAfter = (facts: readonly CaseFact[], from: CaseState = initialCase): CaseState =>
  fold(evolveCase, from, recorded(facts));
export const personAfter = (facts: readonly PersonFact[], from: PersonState = initialPerson): PersonState =>
  fold(evolvePerson, from, recorded(facts));

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenCase = (...facts: readonly CaseFact[]) => {
  const state = caseAfter(facts);
  return {
    state,
    decide: (command: CaseCommand) => decideCase(state, command),
    when: (command: CaseCommand) => outcome(decideCase(state, command)),
  };
};
export const givenPerson = (...facts: readonly PersonFact[]) => ({
  when: (command: PersonCommand) => outcome(decidePerson(personAfter(facts), command)),
});
export const givenPair = (...facts: readonly FactOf<typeof duplicatePairContracts>[]) => ({
  when: (command: DuplicatePairCommand) =>
    outcome(decideDuplicatePair(fold(evolveDuplicatePair, initialDuplicatePair, recorded(facts)), command)),
});

export const candidate = {
  caseNumber: "2026-1726-000001",
  channel: "branch" as const,
  ...inventedPerson,
  phone: "+998901234567",
  regionSoato: "1726",
  destinations: ["DE"],
  startsAbroad: false,
  warnings: [],
  asOf: "2026-02-16",
};
export const consent = (n = 1) => ({
  consentId: id(n),
  grantedOn: "2026-01-15",
  operator: "Migration Agency",
  purposes: ["placement" as const],
  dataCategories: ["identity"],
  thirdParties: [],
  crossBorder: false,
  textVersion: "2026-01",
});
export const suspicion = (n: number) => ({
  otherCaseId: id(100 + n),
  otherPersonId: id(200 + n),
  basis: ["passport" as const],
});
export const cv = { isco: "7112", experienceYears: 4, languages: [], destinations: ["DE"] };

export const registered: CaseFact = { type: "CandidateRegistered", data: candidate };
export const consented: CaseFact = { type: "ConsentGranted", data: consent() };
export const consentWithdrawn: CaseFact = {
  type: "ConsentWithdrawn",
  data: { consentId: id(1), withdrawnOn: "2026-02-16" },
};
export const identityRequested = (n: number): CaseFact => ({
  type: "IdentityVerificationRequested",
  data: { requestId: id(n), method: "document" },
});
export const identityVerified: CaseFact = {
  type: "IdentityVerified",
  data: { requestId: id(10), method: "document", startsAbroad: false },
};
export const suspected = (n: number): CaseFact => ({ type: "DuplicateSuspected", data: suspicion(n) });
export const dismissed = (n: number): CaseFact => ({
  type: "DuplicateDismissed",
  data: { otherCaseId: id(100 + n) },
});
export const merged: CaseFact = { type: "CaseMerged", data: { intoCaseId: id(101) } };
export const withdrew: CaseFact = { type: "CandidateWithdrew", data: { reason: "family-reasons" } };
export const closed: CaseFact = { type: "CaseClosed", data: { reason: "came-home" } };
export const held: CaseFact = { type: "CaseSuspended", data: { reason: "document-check" } };
export const cvPublished: CaseFact = { type: "CvPublished", data: cv };
