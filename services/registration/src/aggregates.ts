import { duplicatePairContracts, personContracts, registrationContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import { decideCase } from "./domain/case/decide.ts";
import { evolveCase, initialCase } from "./domain/case/state.ts";
import { decideDuplicatePair } from "./domain/duplicate-pair/decide.ts";
import { evolveDuplicatePair, initialDuplicatePair } from "./domain/duplicate-pair/state.ts";
import { decidePerson } from "./domain/person/decide.ts";
import { evolvePerson, initialPerson } from "./domain/person/state.ts";

/** `registration-<caseId>`: one journey from registration to its end. */
export const registrationCase = defineAggregate({
  contracts: registrationContracts,
  decider: { initial: initialCase, evolve: evolveCase, decide: decideCase },
  ofCase: true,
});

/** `person-<personId>`: the one open journey of a person. */
export const person = defineAggregate({
  contracts: personContracts,
  decider: { initial: initialPerson, evolve: evolvePerson, decide: decidePerson },
  ofCase: false,
});

/** `duplicate-<pair id>`: at which of two suspected cases their decision is made. */
export const duplicatePair = defineAggregate({
  contracts: duplicatePairContracts,
  decider: { initial: initialDuplicatePair, evolve: evolveDuplicatePair, decide: decideDuplicatePair },
  ofCase: false,
});

/** The same from either side. */
export const duplicatePairIdOf = (caseId: string, otherCaseId: string): string =>
  deriveUuid(SAFAR_NAMESPACE, "duplicate", ...[caseId, otherCaseId].sort());
