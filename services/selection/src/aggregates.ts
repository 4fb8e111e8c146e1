import {
  applicationContracts,
  candidacyContracts,
  departureContracts,
  employerContracts,
  evolveDepartureLifecycle,
  initialDepartureLifecycle,
  registrationContracts,
  vacancyContracts,
} from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { decideApplication } from "./domain/application/decide.ts";
import { evolveApplication, initialApplication } from "./domain/application/state.ts";
import { evolveCandidateView, initialCandidateView } from "./domain/candidate-view.ts";
import { decideCandidacy } from "./domain/candidacy/decide.ts";
import { evolveCandidacy, initialCandidacy } from "./domain/candidacy/state.ts";
import { decideEmployer } from "./domain/employer/decide.ts";
import { evolveEmployer, initialEmployer } from "./domain/employer/state.ts";
import { decideVacancy } from "./domain/vacancy/decide.ts";
import { evolveVacancy, initialVacancy } from "./domain/vacancy/state.ts";

/** `employer-<id>`: a foreign partner and what was agreed with it. */
export const employer = defineAggregate({
  contracts: employerContracts,
  decider: { initial: initialEmployer, evolve: evolveEmployer, decide: decideEmployer },
  ofCase: false,
});

/** `vacancy-<id>`: what is offered, and who holds its positions. */
export const vacancy = defineAggregate({
  contracts: vacancyContracts,
  decider: { initial: initialVacancy, evolve: evolveVacancy, decide: decideVacancy },
  ofCase: false,
});

/** `application-<id>`: one case and one vacancy. */
export const application = defineAggregate({
  contracts: applicationContracts,
  decider: { initial: initialApplication, evolve: evolveApplication, decide: decideApplication },
  ofCase: true,
});

/** `candidacy-<caseId>`: what holds over all applications of a case. */
export const candidacy = defineAggregate({
  contracts: candidacyContracts,
  decider: { initial: initialCandidacy, evolve: evolveCandidacy, decide: decideCandidacy },
  ofCase: true,
});

/** `registration-<caseId>` as selection reads it; registration alone writes there, so no command exists. */
export const candidateOfRegistration = defineAggregate({
  contracts: registrationContracts,
  decider: { initial: initialCandidateView, evolve: evolveCandidateView, decide: (_view, command: never) => command },
  ofCase: true,
});

/** `departure-<caseId>` as selection reads it: whether the worker has left. */
export const departureOfCase = defineAggregate({
  contracts: departureContracts,
  decider: {
    initial: initialDepartureLifecycle,
    evolve: evolveDepartureLifecycle,
    decide: (_departed, command: never) => command,
  },
  ofCase: true,
});
