import { CandidateRegistered, DuplicateSuspected, type DecodedEvent } from "@safar/contracts";
import { Contended, type ImportRun, type RowOutcome } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseCommand } from "../domain/case/commands.ts";

/** The suspicion on the other case as well, under the row's own transaction id. */
const suspectOther = async (
  run: ImportRun,
  caseId: string,
  personId: string,
  transactionId: string,
  event: DecodedEvent,
): Promise<void> => {
  const { otherCaseId, basis } = DuplicateSuspected.schema.parse(event.data);
  const command: CaseCommand = {
    type: "SuspectDuplicate",
    suspected: { otherCaseId: caseId, otherPersonId: personId, basis },
  };
  const outcome = await run.kit.executor.execute({
    aggregate: registrationCase,
    id: otherCaseId,
    command,
    transactionId,
    context: { ...run.context(), causationId: event.id },
  });
  // Refused: it is held for this one already.
  if (outcome.kind === "recorded" || outcome.kind === "refused") return;
  if (outcome.kind === "contended") throw new Contended("others changed the other case");
  throw new Error(`a suspicion ended as ${outcome.kind}`);
};

/** What follows once the case's own events are recorded, now or before; and what the row became, as they say it. */
export const settleRegistered = async (
  run: ImportRun,
  caseId: string,
  transactionId: string,
  events: readonly DecodedEvent[],
): Promise<RowOutcome> => {
  const registered = events.find(({ type }) => type === CandidateRegistered.type);
  if (registered?.meta.personId === undefined) throw new Error("a registration without its first event");
  const { personId } = registered.meta;
  const suspicions = events.filter(({ type }) => type === DuplicateSuspected.type);
  for (const event of suspicions) await suspectOther(run, caseId, personId, transactionId, event);
  // The event's own list of codes; its personal fields are sealed, so the contract is not asked again.
  const { warnings } = registered.data as { readonly warnings: readonly string[] };
  const all = [...warnings, ...(suspicions.length > 0 ? ["duplicate-suspected"] : [])];
  return { outcome: "registered", caseId, ...(all.length > 0 ? { warnings: all } : {}) };
};
