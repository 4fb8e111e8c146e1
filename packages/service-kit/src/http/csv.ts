import { Readable } from "node:stream";
import { writeList } from "../lists/write-list.ts";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";

/** A page of a list as the spreadsheets of branches take it, an empty one too; no cell runs as a formula. */
export const csvOf = (columns: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]): Readable => {
  const lines = rows.map((row) => Object.fromEntries(columns.map((column) => [column, text(row[column])])));
  return Readable.from(writeList(columns, lines));
};
