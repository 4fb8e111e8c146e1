import { createHash } from "node:crypto";
import { VacancyPublished } from "@safar/contracts";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import { Contended, importKind, type ImportRun, type RowOutcome } from "@safar/service-kit";
import { vacancy } from "../aggregates.ts";
import type { VacancyCommand } from "../domain/vacancy/commands.ts";
import { createEmployerFinder, type FindEmployer } from "./find-employer.ts";
import { VACANCY_SENTENCES } from "./reasons.ts";
import { VACANCY_COLUMNS, type VacancyCells, type VacancyColumn } from "../domain/vacancy/vacancy-columns.ts";
import { vacancyContentKey } from "../domain/vacancy/vacancy-key.ts";
import { judgeVacancyRow, type ListedVacancy } from "./vacancy-row.ts";

/** Numbers equal rows of a file from 1. Remembers a short hash of each different row: some 100 bytes. */
const createNumbering = () => {
  const numbers = new Map<string, number>();
  return (content: string): number => {
    const number = (numbers.get(content) ?? 0) + 1;
    numbers.set(content, number);
    return number;
  };
};

const contentOf = (cells: VacancyCells): string =>
  createHash("sha256").update(vacancyContentKey(cells)).digest("base64url");

const publish = async (
  run: ImportRun,
  findEmployer: FindEmployer,
  vacancyId: string,
  row: number,
  { partner, ...listed }: ListedVacancy,
): Promise<RowOutcome> => {
  const transactionId = deriveUuid(run.importId, String(row));
  const employerId = await findEmployer(partner, transactionId);
  const command: VacancyCommand = {
    type: "PublishVacancy",
    vacancy: { ...listed, employerId, warnings: [], importId: run.importId, importRow: row },
  };
  const outcome = await run.kit.executor.execute({
    aggregate: vacancy,
    id: vacancyId,
    command,
    transactionId,
    context: run.context(),
    header: { unit: employerId, destination: listed.corridor.country },
  });
  switch (outcome.kind) {
    case "recorded": {
      const { warnings } = VacancyPublished.schema.parse(outcome.events[0]?.data);
      return { outcome: "registered", vacancyId, ...(warnings.length > 0 ? { warnings } : {}) };
    }
    case "refused":
      return { outcome: "duplicate", reasons: [{ code: "duplicate-vacancy" }], duplicateOf: vacancyId };
    case "contended":
      throw new Contended("others changed the vacancy");
    default:
      throw new Error(`a vacancy ended as ${outcome.kind}`);
  }
};

/** Partners' vacancy lists become published vacancies (import.md). */
export const vacancyImport = importKind<VacancyColumn>({
  name: "vacancies",
  command: "ImportVacancies",
  summary: "Send a partner's vacancy list: each row becomes a published vacancy or is rejected with every reason",
  columns: VACANCY_COLUMNS,
  personalColumns: [],
  sentences: VACANCY_SENTENCES,

  begin(run) {
    const numberOf = createNumbering();
    const findEmployer = createEmployerFinder(run);
    return ({ row, cells }) => {
      const content = contentOf(cells);
      const vacancyId = deriveUuid(SAFAR_NAMESPACE, "vacancy", content, String(numberOf(content)));
      const judged = judgeVacancyRow(cells);
      if (judged.outcome === "rejected") return { outcome: "rejected", reasons: [...judged.reasons] };
      return { keys: [], perform: () => publish(run, findEmployer, vacancyId, row, judged.vacancy) };
    };
  },
});
