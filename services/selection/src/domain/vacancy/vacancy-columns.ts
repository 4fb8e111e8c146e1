/** The columns of a partner's vacancy list, in the order in which agencies deliver them (import.md). */
export const VACANCY_COLUMNS = [
  "row",
  "partner",
  "country",
  "sector",
  "isco",
  "positions",
  "wage_month",
  "currency",
  "contract_months",
  "language",
  "cefr",
  "min_age",
  "max_age",
  "source_channel",
  "contract_signed",
  "entered",
  "fee_from_worker",
] as const;
export type VacancyColumn = (typeof VACANCY_COLUMNS)[number];
export type VacancyCells = Readonly<Record<VacancyColumn, string>>;
