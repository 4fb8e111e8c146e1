import type { DatabaseSync } from "node:sqlite";
import type { AnyProjection, Row } from "./projection.ts";

/** How rows lie in SQLite: the row as JSON, beside it a real column for each indexed field. */

/** What an indexed field is in its column. */
export type IndexValue = string | number | null;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const tableOf = (projection: AnyProjection): string => quoted(`rows_${projection.name}`);
export const columnOf = (field: string): string => quoted(`by_${field}`);
export const indexesOf = (projection: AnyProjection): readonly string[] => projection.indexes ?? [];

/** Every index ends in the position, so that "newest first" reads as many entries as the page has. */
export const createTables = (database: DatabaseSync, projections: readonly AnyProjection[]): void => {
  for (const projection of projections) {
    const table = tableOf(projection);
    const columns = indexesOf(projection).map((field) => `, ${columnOf(field)}`);
    database.exec(
      `CREATE TABLE ${table} (key TEXT PRIMARY KEY, position INTEGER NOT NULL, row TEXT NOT NULL${columns.join("")})`,
    );
    database.exec(`CREATE INDEX ${quoted(`${projection.name} newest`)} ON ${table} (position)`);
    for (const field of indexesOf(projection))
      database.exec(
        `CREATE INDEX ${quoted(`${projection.name} by ${field}`)} ON ${table} (${columnOf(field)}, position)`,
      );
  }
};

/** @throws TypeError when the field holds what cannot be compared in SQL: a list, an object, a sealed value */
export const indexValueOf = (projection: AnyProjection, row: Row, field: string): IndexValue => {
  const value: unknown = Object.hasOwn(row, field) ? row[field as keyof Row] : undefined;
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  throw new TypeError(`${projection.name} indexes ${field}, which is neither text, number nor boolean`);
};

export const indexValuesOf = (projection: AnyProjection, row: Row): readonly IndexValue[] =>
  indexesOf(projection).map((field) => indexValueOf(projection, row, field));
