/** A cell that a spreadsheet would run gets a leading apostrophe; so does one that begins with one, to be told apart. */
const cell = (value: unknown): string => {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r']/.test(text) && !/^[+-]?\d+([.,]\d+)?$/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A small list as the spreadsheets of branches take it: UTF-8 with a byte-order mark, `;`, CRLF. */
export const csvOf = (rows: readonly Readonly<Record<string, unknown>>[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return `\uFEFF${lines.map((line) => line.map(cell).join(";")).join("\r\n")}\r\n`;
};
