import { CandidateRegistered, DuplicateSuspected, type DecodedEvent } from "@safar/contracts";
import { deriveUuid } from "@safar/kernel";
import { Contended, type ImportRun, type RowOutcome } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseCommand, SuspectedDuplicate } from "../domain/case/commands.ts";
import type { Candidate } from "../domain/candidate-fields.ts";
import type { CaseState } from "../domain/case/state.ts";
import { findSuspected } from "../registering.ts";

/** A row's case, once it is recorded. */
interface RegisteredRow {
  readonly caseId: string;
  readonly personId: string;
  readonly transactionId: string;
  readonly candidate: Candidate;
}

const suspect = async (
  run: ImportRun,
  caseId: string,
  suspected: SuspectedDuplicate,
  transactionId: string,
  causationId?: string,
): Promise<void> => {
  const command: CaseCommand = { type: "SuspectDuplicate", suspected };
  const context = { ...run.context(), ...(causationId === undefined ? {} : { causationId }) };
  const outcome = await run.kit.executor.execute({
    aggregate: registrationCase,
    id: caseId,
    command,
    transactionId,
    context,
  });
  // Refused: it is held for this one already.
  if (outcome.kind === "recorded" || outcome.kind === "refused") return;
  if (outcome.kind === "contended") throw new Contended("others changed the case");
  throw new Error(`a suspicion ended as ${outcome.kind}`);
};

/** Seen from the other case: the same suspicion. */
const mirrored = (
  { caseId, personId }: RegisteredRow,
  { basis }: Pick<SuspectedDuplicate, "basis">,
): SuspectedDuplicate => ({ otherCaseId: caseId, otherPersonId: personId, basis });

/**
 * A clerk's registration, or another list's, that raced past the row's search is found now that both are recorded;
 * where the other is not recorded yet, it will find this one. Rows of this list were compared in the file's order.
 */
const suspectRaced = async (run: ImportRun, row: RegisteredRow, known: ReadonlySet<string>): Promise<boolean> => {
  const { vault, executor } = run.kit;
  let hasFound = false;
  for (const suspected of await findSuspected({ vault, load: executor.load }, row.personId, row.candidate)) {
    const { otherCaseId } = suspected;
    if (known.has(otherCaseId)) continue;
    const other = (await executor.load<CaseState>(registrationCase, otherCaseId)).state;
    if (other.caseNumber === undefined || other.listed?.importId === run.importId) continue;
    const own = (await executor.load<CaseState>(registrationCase, row.caseId)).state;
    const transactionId = deriveUuid(row.transactionId, "raced", otherCaseId);
    // What a person has decided since is not suspected again.
    if (!own.suspectedBefore.includes(otherCaseId)) await suspect(run, row.caseId, suspected, transactionId);
    if (!other.suspectedBefore.includes(row.caseId))
      await suspect(run, otherCaseId, mirrored(row, suspected), transactionId);
    hasFound = true;
  }
  return hasFound;
};

/** What follows once the case's own events are recorded, now or before; and what the row became, as they say it. */
export const settleRegistered = async (
  run: ImportRun,
  row: RegisteredRow,
  events: readonly DecodedEvent[],
): Promise<RowOutcome> => {
  const registered = events.find(({ type }) => type === CandidateRegistered.type);
  if (!registered) throw new Error("a registration without its first event");
  const known = new Set<string>();
  for (const { id, type, data } of events) {
    if (type !== DuplicateSuspected.type) continue;
    const { otherCaseId, basis } = DuplicateSuspected.schema.parse(data);
    // On the other case as well, under the row's own transaction id (import.md).
    await suspect(run, otherCaseId, mirrored(row, { basis }), row.transactionId, id);
    known.add(otherCaseId);
  }
  const isSuspected = (await suspectRaced(run, row, known)) || known.size > 0;
  // The event's own list of codes; its personal fields are sealed, so the contract is not asked again.
  const { warnings } = registered.data as { readonly warnings: readonly string[] };
  const all = [...warnings, ...(isSuspected ? ["duplicate-suspected"] : [])];
  return { outcome: "registered", caseId: row.caseId, ...(all.length > 0 ? { warnings: all } : {}) };
};
