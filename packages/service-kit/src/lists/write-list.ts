import { escapeFormula } from "./formula-escape.ts";

/** Rows are gathered to this many characters before they are given on, so that a long list is not a chunk per row. */
const CHUNK_CHARACTERS = 64 * 1024;

const BYTE_ORDER_MARK = "\ufeff";

/** Quoted where a reader would otherwise cut or trim it. */
const quoted = (text: string): string => (/[";\r\n\t]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A row that would be an empty line, which readers pass over, is written as an empty pair of quotation marks. */
const lineOf = (cells: readonly string[]): string => {
  const line = cells.map((cell) => quoted(escapeFormula(cell))).join(";");
  return `${line === "" ? '""' : line}\r\n`;
};

/**
 * Writes a list as spreadsheet programs read it: UTF-8 with a byte-order mark, `;`, CRLF, quotation marks where they
 * are needed. No cell is run as a formula, and `readList` gives every cell back as it was.
 */
export async function* writeList<Column extends string>(
  columns: readonly Column[],
  rows: AsyncIterable<Readonly<Record<Column, string>>> | Iterable<Readonly<Record<Column, string>>>,
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  let text = BYTE_ORDER_MARK + lineOf(columns);
  for await (const row of rows) {
    text += lineOf(columns.map((column) => row[column]));
    if (text.length >= CHUNK_CHARACTERS) {
      yield encoder.encode(text);
      text = "";
    }
  }
  if (text !== "") yield encoder.encode(text);
}
