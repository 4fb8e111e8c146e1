import { foldText } from "@safar/contracts";
import { VACANCY_COLUMNS, type VacancyCells } from "./vacancy-columns.ts";

/** Where it stands in a file and when it was typed in are no part of what a vacancy is. */
const CONTENT_COLUMNS = VACANCY_COLUMNS.filter((column) => column !== "row" && column !== "entered");

/** Stands in no folded text, so that columns do not run into each other. */
const SEPARATOR = "\u001f";

/**
 * What makes two rows the same vacancy: every column but `row` and `entered`, with script, case, apostrophes and
 * punctuation folded. With its number among equal rows of the file it gives the vacancy's id (import.md).
 */
export const vacancyContentKey = (cells: VacancyCells): string =>
  CONTENT_COLUMNS.map((column) => foldText(cells[column])).join(SEPARATOR);

/** By what an employer is found or created. */
export const partnerKey = (partner: string): string => foldText(partner);
