/** A plain number as spreadsheets write it: a sign, digits, and a fraction after a point or a comma. */
const PLAIN_NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/** A phone number that begins with a plus: at least seven digits with nothing but phone punctuation between them. */
const PHONE = /^\+(?:[\s().-]*\d){7,15}\s*$/;

/**
 * `formula-cell`: a field that a spreadsheet program would run as a formula, that is one which is neither a phone nor
 * a plain number and begins with `=`, `+`, `-`, `@`, tab or CR (import.md). Spaces before it do not hide it.
 */
export const isFormulaCell = (text: string): boolean =>
  /^(?:[\t\r]|\s*[=+\-@])/.test(text) && !PLAIN_NUMBER.test(text.trim()) && !PHONE.test(text.trim());
