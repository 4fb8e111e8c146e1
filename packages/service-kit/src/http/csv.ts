import { Readable } from "node:stream";
import { writeList } from "../lists/write-list.ts";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** A page of a list as the spreadsheets of branches take it; no cell runs as a formula. */
export const csvOf = (rows: readonly Readonly<Record<string, unknown>>[]): Readable => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => Object.fromEntries(columns.map((column) => [column, text(row[column])])));
  return Readable.from(writeList(columns, lines));
};
