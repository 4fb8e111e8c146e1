import { isFormulaCell, parseDottedDate } from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";
import { settleReasons, type CandidateRejection, type CandidateWarning } from "../domain/candidate-codes.ts";
import type { Candidate, CandidateFields } from "../domain/candidate-fields.ts";
import { checkCandidate } from "../domain/candidate-rules.ts";
import { CANDIDATE_COLUMNS, COLUMN_OF_FIELD, type CandidateCells, type CandidateColumn } from "./candidate-columns.ts";

/** What a row's cells alone decide; whether the person is known already is judged when the row's turn comes. */
export type CandidateRowJudgement =
  | {
      readonly outcome: "acceptable";
      /** The fields of `POST /registration/cases`, as they are stored. */
      readonly registration: Candidate;
      /** Of the addressed list; undefined where the cell holds no date. */
      readonly listDate: IsoDate | undefined;
      readonly warnings: readonly CandidateWarning[];
    }
  | {
      readonly outcome: "rejected";
      readonly reasons: readonly { readonly code: CandidateRejection; readonly column: CandidateColumn }[];
      readonly warnings: readonly CandidateWarning[];
    };

const wholeNumber = (text: string): number | undefined => {
  if (text.trim() === "") return undefined;
  return /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
};

const fieldsOf = (cells: CandidateCells): CandidateFields => ({
  channel: cells.channel,
  agencyLicence: cells.agency_licence,
  surname: cells.surname,
  givenName: cells.given_name,
  patronymic: cells.patronymic,
  sex: cells.sex,
  birthDate: parseDottedDate(cells.birth_date.trim()),
  pinfl: cells.pinfl,
  passport: cells.passport,
  passportExpiry: parseDottedDate(cells.passport_expiry.trim()),
  mrz: cells.mrz,
  phone: cells.phone,
  regionSoato: cells.region_soato,
  profession: cells.profession,
  isco: cells.isco,
  experienceYears: wholeNumber(cells.experience_years),
  language: cells.language,
  cefr: cells.cefr,
  destinations: cells.destinations.split("|"),
  consentDate: parseDottedDate(cells.consent_date.trim()),
});

/** Judges a row of an addressed list on `asOf`: every reason that applies, with its column (import.md). */
export const judgeCandidateRow = (
  cells: CandidateCells,
  { asOf }: { readonly asOf: IsoDate },
): CandidateRowJudgement => {
  const { reasons, warnings, normalised } = checkCandidate(fieldsOf(cells), asOf);
  const formulas = CANDIDATE_COLUMNS.filter((column) => isFormulaCell(cells[column]));
  if (normalised && formulas.length === 0)
    return {
      outcome: "acceptable",
      registration: normalised,
      listDate: parseDottedDate(cells.list_date.trim()),
      warnings,
    };
  const settled = settleReasons<CandidateColumn>([
    ...reasons.map(({ code, field }) => ({ code, field: COLUMN_OF_FIELD[field] })),
    ...formulas.map((column) => ({ code: "formula-cell" as const, field: column })),
  ]);
  return { outcome: "rejected", reasons: settled.map(({ code, field }) => ({ code, column: field })), warnings };
};
