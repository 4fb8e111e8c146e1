import { foldFullName, parsePinfl } from "@safar/contracts";
import { executeReserved, type Outcome } from "@safar/event-store";
import { deriveUuid, idFromTransaction } from "@safar/kernel";
import { Contended, importKind, type ImportRun, type RowOutcome } from "@safar/service-kit";
import { person, registrationCase } from "../aggregates.ts";
import type { Candidate } from "../domain/candidate-fields.ts";
import type { CaseState } from "../domain/case/state.ts";
import { initialPerson, type PersonState } from "../domain/person/state.ts";
import { indexFromLog, indexPerson } from "../person-index.ts";
import { planRegistration, type Intake, type RegisteringEdge } from "../registering.ts";
import { CANDIDATE_COLUMNS, type CandidateColumn } from "./candidate-columns.ts";
import { judgeCandidateRow } from "./candidate-row.ts";
import { CANDIDATE_SENTENCES } from "./reasons.ts";
import { settleRegistered } from "./settle-registered.ts";

/** Rows that may be about one person, or lead to the suspicion of it, are taken one after the other. */
const keysOf = ({ pinfl, passport, birthDate, ...names }: Candidate): readonly string[] => [
  `pinfl ${pinfl}`,
  `passport ${passport}`,
  `name ${foldFullName(names)} ${birthDate}`,
];

/** The person's journey is open: by an earlier row, another list, or a clerk. */
const duplicateOf = async (run: ImportRun, openCaseId: string): Promise<RowOutcome> => {
  const { state } = await run.kit.executor.load<CaseState>(registrationCase, openCaseId);
  const isOfThisList = state.listed?.importId === run.importId;
  return {
    outcome: "duplicate",
    reasons: [{ code: "duplicate-person", column: "pinfl" }],
    duplicateOf: openCaseId,
    ...(isOfThisList ? { duplicateOfRow: state.listed.row } : {}),
  };
};

/** What a row said may have been corrected since it was recorded. */
const indexRow = async (
  { kit: { vault, executor, registrationReader } }: ImportRun,
  { caseId, personId, candidate }: Parameters<typeof settleRegistered>[1],
  isRepeated: boolean,
): Promise<void> => {
  const { load } = executor;
  if (!isRepeated) return indexPerson({ vault }, personId, candidate);
  await indexFromLog({ vault, load, personOf: (id) => registrationReader.personOf(id) }, caseId);
};

/** What an outcome says of the row; undefined where its transaction was given up half-way, long ago. */
const rowOutcome = async (
  run: ImportRun,
  row: Parameters<typeof settleRegistered>[1],
  outcome: Outcome,
): Promise<RowOutcome | undefined> => {
  switch (outcome.kind) {
    case "recorded":
      await indexRow(run, row, outcome.repeated);
      return settleRegistered(run, row, outcome.events);
    case "lapsed":
      return undefined;
    case "contended":
      throw new Contended("others changed the person or the case");
    case "refused": {
      const { openCaseId } = (await run.kit.executor.load<PersonState>(person, row.personId)).state;
      if (outcome.refusal.code === "open-journey-exists" && openCaseId !== undefined)
        return duplicateOf(run, openCaseId);
      return { outcome: "rejected", reasons: [{ code: outcome.refusal.code }] };
    }
    default:
      throw new Error(`a registration ended as ${outcome.kind}`);
  }
};

const caseOf = (caseId: string) => ({ aggregate: registrationCase, id: caseId });

/** Registers a row under one transaction, or finds what it did before. */
const register = async (run: ImportRun, intake: Intake, transactionId: string): Promise<RowOutcome | undefined> => {
  const { executor, vault, takeCaseNumber } = run.kit;
  const caseId = idFromTransaction(transactionId, "case");
  const common = { transactionId, context: run.context() };
  const { personId, created } = await vault.findOrCreatePerson(intake.candidate.pinfl);
  // Whoever the vault has just met has no journey.
  const known = created ? initialPerson : (await executor.load<PersonState>(person, personId)).state;
  const { openCaseId, lastCaseId } = known;
  const mayBeDone = lastCaseId !== undefined;
  const past = mayBeDone && (await executor.pastAnswer({ ...common, ...caseOf(caseId), command: undefined }));
  const row = { caseId, personId, transactionId, candidate: intake.candidate };
  if (past) return rowOutcome(run, row, past);
  if (openCaseId !== undefined && openCaseId !== caseId) return duplicateOf(run, openCaseId);
  const edge: RegisteringEdge = { transactionId, vault, load: executor.load, takeCaseNumber };
  const { reserve, ...record } = await planRegistration(edge, { ...intake, personId });
  if (!reserve) throw new Error("a registration reserves the person's journey");
  const { release, ...limit } = reserve;
  const outcome = await executeReserved(executor, {
    reserve: { ...limit, ...common },
    record: { ...record, ...common },
    release,
  });
  return rowOutcome(run, row, outcome);
};

/** A transaction lapses only where an import failed half-way and was sent again later; twice is more than enough. */
const MAX_TRANSACTIONS = 5;

const perform = async (run: ImportRun, row: number, intake: Intake): Promise<RowOutcome> => {
  for (let attempt = 0; attempt < MAX_TRANSACTIONS; attempt += 1) {
    const again = attempt === 0 ? [] : [String(attempt)];
    const outcome = await register(run, intake, deriveUuid(run.importId, String(row), ...again));
    if (outcome) return outcome;
  }
  throw new Error("every transaction of the row was given up");
};

/** The branch that delivered the list, where the sender's unit is one. */
const branchOf = (unit: string | undefined, candidate: Candidate): string =>
  unit !== undefined && /^\d{4}$/.test(unit) ? unit : candidate.regionSoato;

const PERSONAL_COLUMNS = [
  "surname",
  "given_name",
  "patronymic",
  "sex",
  "birth_date",
  "pinfl",
  "passport",
  "passport_expiry",
  "mrz",
  "phone",
] as const satisfies readonly CandidateColumn[];

/** Addressed lists of branches and agencies become registered candidates (import.md). */
export const candidateImport = importKind<CandidateColumn>({
  name: "candidates",
  command: "ImportCandidates",
  summary: "Send an addressed list: each row becomes a registered candidate or is rejected with every reason",
  columns: CANDIDATE_COLUMNS,
  personalColumns: PERSONAL_COLUMNS,
  sentences: CANDIDATE_SENTENCES,

  async personOf({ pinfl }, vault) {
    const number = pinfl.trim();
    if (!parsePinfl(number)) return undefined;
    const [personId] = await vault.findPersons({ pinfl: number });
    return personId;
  },

  headerOf: (caseId, kit) => kit.executor.caseHeader(caseId),

  begin(run) {
    const { asOf, unit, importId } = run;
    return ({ row, cells }) => {
      const judged = judgeCandidateRow(cells, { asOf });
      if (judged.outcome === "rejected") return { outcome: "rejected", reasons: [...judged.reasons] };
      const { registration: candidate, warnings, listDate = asOf } = judged;
      const isAddressed = candidate.channel === "branch";
      const intake: Intake = {
        candidate,
        warnings,
        asOf,
        unit,
        from: { importId, importRow: row },
        ...(isAddressed ? { addressedList: { branch: branchOf(unit, candidate), listDate } } : {}),
      };
      return { keys: keysOf(candidate), perform: () => perform(run, row, intake) };
    };
  },
});
