/** The rejections that import.md lists, for vacancies and for cells of any list. */
export const LISTED_REJECTIONS = [
  "positions-invalid",
  "country-unknown",
  "wage-invalid",
  "source-channel-unknown",
  "fee-charged-to-worker",
  "language-level-unknown",
  "formula-cell",
] as const;

/** What else a vacancy cannot be stored without. */
export const FURTHER_REJECTIONS = [
  "field-missing",
  "field-too-long",
  "sector-malformed",
  "isco-malformed",
  "contract-months-invalid",
  "language-unknown",
  "age-limits-invalid",
  "date-invalid",
] as const;

export type VacancyRejection = (typeof LISTED_REJECTIONS)[number] | (typeof FURTHER_REJECTIONS)[number];
export type VacancyWarning = "entered-after-deadline";
/** Another import published it already. */
export type VacancyCode = VacancyRejection | VacancyWarning | "duplicate-vacancy";
