import {
  deadlinePolicy,
  isFormulaCell,
  type CorridorKey,
  type SourceChannel,
  type VacancyRequirements,
  type WorkTerms,
} from "@safar/contracts";
import { daysBetween, type IsoDate } from "@safar/kernel";
import { LISTED_REJECTIONS, type VacancyWarning } from "./vacancy-codes.ts";
import { VACANCY_COLUMNS, type VacancyCells } from "../domain/vacancy/vacancy-columns.ts";
import * as fields from "./vacancy-fields.ts";
import type { Parsed, VacancyReason } from "./vacancy-fields.ts";

/** A partner's vacancy in the form in which it is published. */
export interface ListedVacancy {
  readonly partner: string;
  readonly corridor: CorridorKey;
  readonly positions: number;
  readonly contractMonths: number;
  readonly terms: WorkTerms;
  readonly requirements: VacancyRequirements;
  readonly sourceChannel: SourceChannel;
  readonly contractSignedOn: IsoDate;
  readonly enteredOn: IsoDate;
}

export type VacancyRowJudgement =
  | {
      readonly outcome: "acceptable";
      readonly vacancy: ListedVacancy;
      readonly warnings: readonly VacancyWarning[];
    }
  | {
      readonly outcome: "rejected";
      readonly reasons: readonly VacancyReason[];
      readonly warnings: readonly VacancyWarning[];
    };

/** The policy whose days a vacancy has from contract to entry (work plan 2.2.6). */
export const ENTRY_POLICY = "vacancy-entry";

const entryDays = (): number => {
  const days = deadlinePolicy(ENTRY_POLICY)?.length?.days;
  if (days === undefined) throw new RangeError(`the deadline policies say nothing of ${ENTRY_POLICY}`);
  return days;
};

const warningsOf = (signed: Parsed<IsoDate>, entered: Parsed<IsoDate>): VacancyWarning[] =>
  signed.ok && entered.ok && daysBetween(signed.value, entered.value) > entryDays() ? ["entered-after-deadline"] : [];

const parseCells = (cells: VacancyCells) => ({
  partner: fields.parsePartner(cells),
  country: fields.parseCountry(cells),
  sector: fields.parseSector(cells),
  isco: fields.parseIsco(cells),
  positions: fields.parsePositions(cells),
  wage: fields.parseWage(cells),
  contractMonths: fields.parseContractMonths(cells),
  language: fields.parseLanguage(cells),
  ages: fields.parseAges(cells),
  sourceChannel: fields.parseSourceChannel(cells),
  signed: fields.parseDate(cells, "contract_signed"),
  entered: fields.parseDate(cells, "entered"),
  fee: fields.parseFee(cells),
});
type ParsedCells = ReturnType<typeof parseCells>;

const listed: ReadonlySet<string> = new Set(LISTED_REJECTIONS);

/** A cell with a formula is no attempt at a value, so what import.md does not list is not said of it as well. */
const reasonsOf = (parsed: ParsedCells, cells: VacancyCells): VacancyReason[] => {
  const formulas = VACANCY_COLUMNS.filter((column) => isFormulaCell(cells[column]));
  const reasons = Object.values(parsed).flatMap((one) => (one.ok ? [] : one.reasons));
  return [
    ...reasons.filter(({ code, column }) => listed.has(code) || !formulas.includes(column)),
    ...formulas.map((column) => ({ code: "formula-cell" as const, column })),
  ];
};

const vacancyOf = (parsed: ParsedCells): ListedVacancy | undefined => {
  const { partner, country, sector, isco, positions, wage, contractMonths, language, ages, sourceChannel } = parsed;
  const { signed, entered } = parsed;
  const isComplete = partner.ok && country.ok && sector.ok && isco.ok && positions.ok && wage.ok && contractMonths.ok;
  if (!isComplete || !language.ok || !ages.ok || !sourceChannel.ok || !signed.ok || !entered.ok) return undefined;
  return {
    partner: partner.value,
    corridor: { country: country.value, sector: sector.value },
    positions: positions.value,
    contractMonths: contractMonths.value,
    terms: { wageMonth: wage.value, isco: isco.value },
    requirements: { ...(language.value && { language: language.value }), ...ages.value },
    sourceChannel: sourceChannel.value,
    contractSignedOn: signed.value,
    enteredOn: entered.value,
  };
};

/** Judges a row of a partner's vacancy list: every reason that applies, with its column (import.md). */
export const judgeVacancyRow = (cells: VacancyCells): VacancyRowJudgement => {
  const parsed = parseCells(cells);
  const reasons = reasonsOf(parsed, cells);
  const warnings = warningsOf(parsed.signed, parsed.entered);
  const vacancy = reasons.length === 0 ? vacancyOf(parsed) : undefined;
  return vacancy ? { outcome: "acceptable", vacancy, warnings } : { outcome: "rejected", reasons, warnings };
};
