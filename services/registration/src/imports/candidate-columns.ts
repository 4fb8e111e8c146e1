import type { CandidateField } from "../domain/candidate-fields.ts";

/** The columns of an addressed list, in the order in which branches deliver them (import.md). */
export const CANDIDATE_COLUMNS = [
  "row",
  "list_date",
  "channel",
  "agency_licence",
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
  "region_soato",
  "profession",
  "isco",
  "experience_years",
  "language",
  "cefr",
  "destinations",
  "consent_date",
] as const;
export type CandidateColumn = (typeof CANDIDATE_COLUMNS)[number];
export type CandidateCells = Readonly<Record<CandidateColumn, string>>;

/** Where a clerk finds the field that a reason names. */
export const COLUMN_OF_FIELD: Readonly<Record<CandidateField, CandidateColumn>> = {
  channel: "channel",
  agencyLicence: "agency_licence",
  surname: "surname",
  givenName: "given_name",
  patronymic: "patronymic",
  sex: "sex",
  birthDate: "birth_date",
  pinfl: "pinfl",
  passport: "passport",
  passportExpiry: "passport_expiry",
  mrz: "mrz",
  phone: "phone",
  regionSoato: "region_soato",
  profession: "profession",
  isco: "isco",
  experienceYears: "experience_years",
  language: "language",
  cefr: "cefr",
  destinations: "destinations",
  consentDate: "consent_date",
};
