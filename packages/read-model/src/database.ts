import { existsSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { PAGE_CACHE_KB, WAL_PAGES, WAL_REST_BYTES } from "./limits.ts";
import type { AnyProjection } from "./projection.ts";
import { createTables } from "./schema.ts";

/**
 * The file under a read model. It can always be made again from the log, so whatever does not fit (another set of
 * projections, another version, damage) is answered by an empty file, never by a migration.
 */

/** Marks a file as a read model, so that a wrong path never empties another database. "SFRM". */
const APPLICATION_ID = 0x5346_524d;
/** The layout of the tables; a change raises it. */
const FORMAT = 1;

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The last event that changed the file: how a restart knows that the log is still the one it followed. */
export interface LastEvent {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
}

export interface Checkpoint {
  readonly position: bigint;
  readonly last?: LastEvent;
}

export interface Database {
  /** A prepared statement, kept until the file is made anew. */
  statement(sql: string): StatementSync;
  /** All or nothing; a throw undoes everything. */
  transaction(work: () => void): void;
  checkpoint(): Checkpoint;
  /** Within a transaction. @throws when another process moved the checkpoint since it was last read or saved */
  saveCheckpoint(checkpoint: Checkpoint): void;
  /** Begins an empty file; a damaged one is put aside, any other thrown away. */
  recreate(why: "damaged" | "other-log"): void;
  close(): void;
}

export const isDamage = (error: unknown): boolean => {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return false;
  const code = error.errcode & 0xff;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
};

/** What makes two sets of projections the same; any difference rebuilds the whole file (README: why). */
const signatureOf = (projections: readonly AnyProjection[]): string =>
  JSON.stringify([
    FORMAT,
    ...projections
      .map(({ name, version, categories, indexes = [] }) => [name, version, [...categories].sort(), indexes])
      .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
  ]);

const connect = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${WAL_PAGES};
       PRAGMA journal_size_limit = ${WAL_REST_BYTES}; PRAGMA cache_size = -${PAGE_CACHE_KB}; PRAGMA temp_store = MEMORY`,
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const create = (file: string, projections: readonly AnyProjection[]): DatabaseSync => {
  const database = connect(file);
  database.exec("BEGIN IMMEDIATE");
  createTables(database, projections);
  database.exec(
    `CREATE TABLE checkpoint (signature TEXT, position INTEGER, id TEXT, stream TEXT, revision INTEGER, at INTEGER)`,
  );
  database.prepare("INSERT INTO checkpoint (signature, position) VALUES (?, -1)").run(signatureOf(projections));
  database.exec(`PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
  return database;
};

const isReadModelOf = (database: DatabaseSync, file: string, projections: readonly AnyProjection[]): boolean => {
  const id = database.prepare("PRAGMA application_id").get()?.["application_id"];
  const tables = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"];
  if (tables === 0) return false;
  if (id !== APPLICATION_ID) throw new Error(`${file} is a database of something else; it is left alone`);
  return database.prepare("SELECT signature FROM checkpoint").get()?.["signature"] === signatureOf(projections);
};

const companions = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`];

const remove = (file: string): void => {
  if (file !== ":memory:") for (const each of companions(file)) rmSync(each, { force: true });
};

/** A damaged file is put aside, for whoever wants to know why; the next one takes its place. */
const putAside = (file: string): void => {
  if (file !== ":memory:" && existsSync(file)) renameSync(file, `${file}.damaged`);
  remove(file);
};

const openOrCreate = (file: string, projections: readonly AnyProjection[], onDamage: (error: unknown) => void) => {
  let database: DatabaseSync | undefined;
  try {
    database = connect(file);
    if (isReadModelOf(database, file, projections)) return database;
    database.close();
    remove(file);
  } catch (error) {
    if (database?.isOpen) database.close();
    if (!isDamage(error)) throw error;
    onDamage(error);
    putAside(file);
  }
  return create(file, projections);
};

/** @throws when the file cannot be opened at all, or is a database of something else */
export const openDatabase = (
  file: string,
  projections: readonly AnyProjection[],
  onDamage: (error: unknown) => void,
): Database => {
  let database = openOrCreate(file, projections, onDamage);
  let statements = new Map<string, StatementSync>();
  /** As this process last read or wrote it. */
  let known = -1n;

  const statement = (sql: string): StatementSync => {
    let prepared = statements.get(sql);
    if (!prepared) statements.set(sql, (prepared = database.prepare(sql)));
    return prepared;
  };
  return {
    statement,
    transaction(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        work();
        database.exec("COMMIT");
      } catch (error) {
        if (database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    checkpoint() {
      const select = statement("SELECT position, id, stream, revision, at FROM checkpoint");
      select.setReadBigInts(true);
      const row = select.get() as unknown as Record<"position" | "revision" | "at", bigint> &
        Record<"id" | "stream", string | null>;
      known = row.position;
      const { id, stream } = row;
      if (id === null || stream === null) return { position: row.position };
      return { position: row.position, last: { id, stream, revision: Number(row.revision), position: row.at } };
    },
    saveCheckpoint({ position, last }) {
      const update = statement(
        "UPDATE checkpoint SET position = ?, id = ?, stream = ?, revision = ?, at = ? WHERE position = ?",
      );
      const to = [position, last?.id ?? null, last?.stream ?? null, last?.revision ?? null, last?.position ?? null];
      if (update.run(...to, known).changes !== 1) throw new Error(`another process works on ${file}`);
      known = position;
    },
    recreate(why) {
      statements = new Map();
      if (database.isOpen) database.close();
      if (why === "damaged") putAside(file);
      else remove(file);
      database = create(file, projections);
      known = -1n;
    },
    close() {
      statements = new Map();
      if (database.isOpen) database.close();
    },
  };
};
