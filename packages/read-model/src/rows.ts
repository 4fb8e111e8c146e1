import type { DecodedEvent } from "@safar/contracts";
import type { Database } from "./database.ts";
import { CACHED_ROWS, CACHED_ROWS_LIVE } from "./limits.ts";
import type { AnyProjection, Row } from "./projection.ts";
import { columnOf, indexesOf, indexValuesOf, tableOf } from "./schema.ts";

/** A row that a batch has touched, as it was before the batch and as it is now. */
export interface Touched {
  readonly before: Row | undefined;
  row: Row | undefined;
  /** Of the last event that changed it; undefined while none did. */
  position: bigint | undefined;
}

/** The rows of one projection while they are written: read once a batch, written once a batch. */
export interface RowWriter {
  readonly projection: AnyProjection;
  take(event: DecodedEvent): void;
  /** Writes what changed; within a transaction. */
  flush(): void;
  /** After the commit: gives what changed, and begins the next batch. */
  committed(): ReadonlyMap<string, Touched>;
  /** After a rollback: nothing that was in memory counts. */
  forget(): void;
  /** The file has caught up: from now on fewer rows are kept in memory. */
  caughtUp(): void;
}

/** Drops the least recently used above the limit. */
const shorten = (cache: Map<string, Row>, limit: number): void => {
  for (const oldest of cache.keys()) {
    if (cache.size <= limit) return;
    cache.delete(oldest);
  }
};

const remember = (cache: Map<string, Row>, key: string, row: Row | undefined): void => {
  cache.delete(key);
  if (row !== undefined) cache.set(key, row);
};

const upsertOf = (projection: AnyProjection): string => {
  const columns = ["position", "row", ...indexesOf(projection).map(columnOf)];
  const sets = columns.map((column) => `${column} = excluded.${column}`);
  return `INSERT INTO ${tableOf(projection)} (key, ${columns.join(", ")}) VALUES (?${", ?".repeat(columns.length)})
    ON CONFLICT (key) DO UPDATE SET ${sets.join(", ")}`;
};

export const createRowWriter = (database: Database, projection: AnyProjection): RowWriter => {
  const categories = new Set(projection.categories);
  const select = `SELECT row FROM ${tableOf(projection)} WHERE key = ?`;
  const upsert = upsertOf(projection);
  const remove = `DELETE FROM ${tableOf(projection)} WHERE key = ?`;
  const cache = new Map<string, Row>();
  let touched = new Map<string, Touched>();
  let limit = CACHED_ROWS;

  const stored = (key: string): Row | undefined => {
    const found = database.statement(select).get(key)?.["row"];
    return typeof found === "string" ? (JSON.parse(found) as Row) : undefined;
  };
  const entryOf = (key: string): Touched => {
    let entry = touched.get(key);
    if (!entry) {
      const before = cache.get(key) ?? stored(key);
      touched.set(key, (entry = { before, row: before, position: undefined }));
    }
    return entry;
  };

  return {
    projection,
    take(event) {
      if (!categories.has(event.stream.slice(0, event.stream.indexOf("-")))) return;
      for (const key of projection.keysOf(event)) {
        const entry = entryOf(key);
        const row = projection.project(entry.row, event, key);
        if (row === entry.row) continue;
        entry.row = row;
        entry.position = event.position;
      }
    },
    flush() {
      const write = database.statement(upsert);
      for (const [key, { before, row, position }] of touched) {
        if (position === undefined) continue;
        if (row !== undefined) write.run(key, position, JSON.stringify(row), ...indexValuesOf(projection, row));
        else if (before !== undefined) database.statement(remove).run(key);
      }
    },
    committed() {
      const done = touched;
      touched = new Map();
      for (const [key, { row }] of done) remember(cache, key, row);
      shorten(cache, limit);
      return done;
    },
    forget() {
      touched = new Map();
      cache.clear();
    },
    caughtUp() {
      limit = CACHED_ROWS_LIVE;
      shorten(cache, limit);
    },
  };
};
