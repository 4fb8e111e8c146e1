import { submissionContracts, visaDocsContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import type { CommandPlan } from "@safar/service-kit";
import type { DossierCommand } from "./domain/dossier/commands.ts";
import { decideDossier } from "./domain/dossier/decide.ts";
import { evolveDossier, initialDossier } from "./domain/dossier/state.ts";
import type { SubmissionGroupCommand } from "./domain/submission/commands.ts";
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

/** A command for a case's dossier; the header makes the stream one of that case from its first event on. */
export const onDossier = (caseId: string, command: DossierCommand, destination?: string): CommandPlan => ({
  aggregate: dossier,
  id: caseId,
  command,
  header: { caseId, ...(destination === undefined ? {} : { destination }) },
});

/** A command for a group of applications. */
export const onSubmission = (id: string, command: SubmissionGroupCommand): CommandPlan => ({
  aggregate: submission,
  id,
  command,
});
