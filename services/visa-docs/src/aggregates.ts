import { submissionContracts, visaDocsContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { decideDossier } from "./domain/dossier/decide.ts";
import { evolveDossier, initialDossier } from "./domain/dossier/state.ts";
import { decideSubmissionGroup } from "./domain/submission/decide.ts";
import { evolveSubmission, initialSubmission } from "./domain/submission/state.ts";

/** `visaDocs-<caseId>`: documents, checklist and visa of a case. */
export const dossier = defineAggregate({
  contracts: visaDocsContracts,
  decider: { initial: initialDossier, evolve: evolveDossier, decide: decideDossier },
  ofCase: true,
});

/** `submission-<id>`: the places of applications that are handed in together. */
export const submission = defineAggregate({
  contracts: submissionContracts,
  decider: { initial: initialSubmission, evolve: evolveSubmission, decide: decideSubmissionGroup },
  ofCase: false,
});
