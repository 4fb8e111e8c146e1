import { faultOf, ListRefused, type RowFault } from "./faults.ts";
import { unescapeFormula } from "./formula-escape.ts";
import { LIST_LIMITS, type ListLimits } from "./limits.ts";
import { recordsOf, type CsvRecord } from "./records-of.ts";

/** The column of a result file (import.md): a corrected list may still have it, and it is ignored. */
export const REASONS_COLUMN = "reasons";

export interface ListRow<Column extends string> {
  /** Records from 1 after the header, whatever a `row` column says. */
  readonly row: number;
  /** The line of the file on which the record begins. */
  readonly line: number;
  /** Of a row with a fault: as much as there was. */
  readonly cells: Readonly<Record<Column, string>>;
  /** Present where the row cannot be judged; the list goes on. */
  readonly fault?: RowFault;
}

const namesOrDash = (names: readonly string[]): string => (names.length === 0 ? "–" : [...new Set(names)].join(", "));

/** For each place in a record, the column it holds; undefined for `reasons`. */
const placesOf = <Column extends string>(
  { fields, line }: CsvRecord,
  columns: readonly Column[],
  limits: ListLimits,
): readonly (Column | undefined)[] => {
  if (fields.length > limits.columns)
    throw new ListRefused(faultOf("list-columns-too-many", line, { found: fields.length, limit: limits.columns }));
  const names = fields.map((field) => field.trim());
  const unknown = names.filter((name) => name !== REASONS_COLUMN && !columns.some((column) => column === name));
  const missing = columns.filter((column) => !names.includes(column));
  const doubled = names.filter((name, place) => names.indexOf(name) !== place);
  if (unknown.length + missing.length + doubled.length > 0) {
    const params = { unknown: namesOrDash(unknown), missing: namesOrDash(missing), doubled: namesOrDash(doubled) };
    throw new ListRefused(faultOf("list-columns-wrong", line, params));
  }
  return names.map((name) => columns.find((column) => column === name));
};

const faultIn = ({ fields, line }: CsvRecord, places: readonly (string | undefined)[], limits: ListLimits) => {
  if (fields.length !== places.length)
    return faultOf("fields-count-wrong", line, { found: fields.length, expected: places.length });
  const place = fields.findIndex((field) => Buffer.byteLength(field) > limits.fieldBytes);
  if (place === -1) return undefined;
  return faultOf("field-too-long", line, { column: places[place] ?? REASONS_COLUMN, limit: limits.fieldBytes });
};

const cellsOf = <Column extends string>(
  fields: readonly string[],
  places: readonly (Column | undefined)[],
  columns: readonly Column[],
): Record<Column, string> => {
  const entries = columns.map((column) => [column, unescapeFormula(fields[places.indexOf(column)] ?? "")] as const);
  // Built from every column: the one place where the compiler cannot see that none is left out.
  return Object.fromEntries(entries) as Record<Column, string>;
};

/**
 * Reads a list as spreadsheet programs export it: UTF-8 with or without a mark, `;`, CRLF or LF, quotation marks; the
 * columns in any order, and `reasons` where there is one. Bounded in memory; a row with a fault of its own does not
 * stop the list.
 * @throws ListRefused for the list as a whole, after every row before the fault
 */
export async function* readList<Column extends string>(
  source: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
  limits: ListLimits = LIST_LIMITS,
): AsyncGenerator<ListRow<Column>, void, void> {
  let places: readonly (Column | undefined)[] | undefined;
  let row = 0;
  for await (const record of recordsOf(source, limits)) {
    if (!places) {
      places = placesOf(record, columns, limits);
      continue;
    }
    row += 1;
    if (row > limits.rows) throw new ListRefused(faultOf("list-rows-too-many", record.line, { limit: limits.rows }));
    const fault = faultIn(record, places, limits);
    const cells = cellsOf(record.fields, places, columns);
    yield { row, line: record.line, cells, ...(fault && { fault }) };
  }
  if (!places) throw new ListRefused(faultOf("list-empty", 1));
}
