import type { Database } from "./database.ts";
import { MAX_GROUPINGS } from "./limits.ts";
import type { AnyProjection, Row } from "./projection.ts";
import type { Touched } from "./rows.ts";
import { columnOf, indexValueOf, tableOf, type IndexValue } from "./schema.ts";

/**
 * Counts of rows by indexed fields. Counted by SQLite once, then kept by what each batch changes: a screen of
 * counters must not read a table of millions for every watcher that connects.
 */
export interface Groupings {
  count(
    by: readonly string[],
  ): readonly { readonly by: Readonly<Record<string, IndexValue>>; readonly count: number }[];
  changed(rows: ReadonlyMap<string, Touched>): void;
  /** Nothing counted so far holds any more. */
  forget(): void;
}

interface Grouping {
  readonly by: readonly string[];
  readonly groups: Map<string, { readonly values: readonly IndexValue[]; count: number }>;
}

const add = (grouping: Grouping, values: readonly IndexValue[], count: number): void => {
  const key = JSON.stringify(values);
  const group = grouping.groups.get(key) ?? { values, count: 0 };
  group.count += count;
  if (group.count === 0) grouping.groups.delete(key);
  else grouping.groups.set(key, group);
};

export const createGroupings = (database: Database, projection: AnyProjection): Groupings => {
  const kept = new Map<string, Grouping>();

  const counted = (by: readonly string[]): Grouping => {
    const columns = by.map(columnOf);
    const grouped = by.length > 0 ? ` GROUP BY ${columns.join(", ")}` : "";
    const sql = `SELECT ${[...columns, "count(*) AS count"].join(", ")} FROM ${tableOf(projection)}${grouped}`;
    const grouping: Grouping = { by, groups: new Map() };
    for (const row of database.statement(sql).all()) {
      const values = by.map((field) => row[`by_${field}`] as IndexValue);
      add(grouping, values, Number(row["count"]));
    }
    return grouping;
  };
  const valuesOf = (row: Row, by: readonly string[]): IndexValue[] =>
    by.map((field) => indexValueOf(projection, row, field));

  return {
    count(by) {
      const name = JSON.stringify(by);
      const grouping = kept.get(name) ?? counted(by);
      if (kept.has(name) || kept.size < MAX_GROUPINGS) kept.set(name, grouping);
      return [...grouping.groups.values()].map(({ values, count }) => ({
        by: Object.fromEntries(by.map((field, index) => [field, values[index] ?? null])),
        count,
      }));
    },
    changed(rows) {
      for (const grouping of kept.values())
        for (const { before, row, position } of rows.values()) {
          if (position === undefined) continue;
          if (before !== undefined) add(grouping, valuesOf(before, grouping.by), -1);
          if (row !== undefined) add(grouping, valuesOf(row, grouping.by), 1);
        }
    },
    forget: () => kept.clear(),
  };
};
