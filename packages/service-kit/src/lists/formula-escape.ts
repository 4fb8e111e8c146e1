import { isFormulaCell } from "@safar/contracts";

/**
 * A cell that a spreadsheet would run is written with an apostrophe before it, and read without. For the two to be
 * each other's inverse whatever a cell holds, a cell that already is apostrophes before a formula gets one more, and
 * of such a cell exactly one is taken; an apostrophe before anything else is never touched.
 */
const withoutLeadingApostrophes = (text: string): string => text.replace(/^'+/, "");

export const escapeFormula = (text: string): string =>
  isFormulaCell(withoutLeadingApostrophes(text)) ? `'${text}` : text;

export const unescapeFormula = (text: string): string =>
  text.startsWith("'") && isFormulaCell(withoutLeadingApostrophes(text)) ? text.slice(1) : text;
