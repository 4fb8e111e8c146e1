import { personContracts, registrationContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { decideCase } from "./domain/case/decide.ts";
import { evolveCase, initialCase } from "./domain/case/state.ts";
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
