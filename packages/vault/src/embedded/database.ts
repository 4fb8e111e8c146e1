import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Secrets } from "../own-keys.ts";
import { VaultNotOpened } from "../port.ts";

/** Version of the tables below. A newer one is not opened; an older one will be brought up here. */
const DATA_VERSION = 1;

/** Who else holds the database does so for moments (a checkpoint, an auditor's query). */
const BUSY_MILLISECONDS = 2_000;

/**
 * Rows that can be erased are of one size: SQLite copies rows between pages when it splits one, and rows of one size
 * leave next to nothing of themselves behind (`remains.ts` looks for the rest). A subject's key is never moved at all:
 * its row is only ever appended, and overwritten where it stands.
 */
const SCHEMA = `
  CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE subject_keys (id INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, wrapped BLOB NOT NULL);
  CREATE TABLE erasures (subject TEXT PRIMARY KEY, destroyed_at INTEGER NOT NULL, settled INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE pinfls (tag BLOB PRIMARY KEY, person BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX pinfls_by_person ON pinfls (person);
  CREATE TABLE person_tags (tag BLOB NOT NULL, person BLOB NOT NULL, PRIMARY KEY (tag, person)) WITHOUT ROWID;
  CREATE INDEX person_tags_by_person ON person_tags (person);
  CREATE TABLE former_tags (id INTEGER PRIMARY KEY, person BLOB NOT NULL, tag BLOB NOT NULL);
  CREATE INDEX former_tags_by_person ON former_tags (person);
  CREATE TABLE files (name TEXT PRIMARY KEY, subject TEXT NOT NULL, file TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX files_by_subject ON files (subject);
  PRAGMA user_version = ${DATA_VERSION};
`;

/** For what writes: durable at every commit, and nothing deleted stays in a free corner or a temporary file. */
export const openForWriting = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.exec("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
  return database;
};

export const openForReading = (file: string): DatabaseSync =>
  new DatabaseSync(file, { readOnly: true, timeout: BUSY_MILLISECONDS });

/** The write-ahead log holds older versions of pages until it is emptied into the database. */
export const emptyWriteAheadLog = (database: DatabaseSync): void => {
  const row = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
  if (row?.["busy"] !== 0) throw new Error("another program reads the vault; the erasure waits for it to end");
};

/** Writes the whole database anew, so that no page holds anything but living rows. Its copy goes to a file. */
export const rewrite = (database: DatabaseSync): void => {
  database.exec("PRAGMA temp_store = FILE");
  database.exec("VACUUM");
  database.exec("PRAGMA temp_store = MEMORY");
  emptyWriteAheadLog(database);
};

/** @throws VaultNotOpened when a newer version, or something else, made it */
export const versionOf = (database: DatabaseSync, file: string): number => {
  let version: unknown;
  try {
    version = database.prepare("PRAGMA user_version").get()?.["user_version"];
  } catch (error) {
    throw new VaultNotOpened("not-a-vault", `${file} is no SQLite database`, { cause: error });
  }
  if (typeof version !== "number" || version > DATA_VERSION) {
    const versions = `data version ${String(version)}; this one knows ${DATA_VERSION}`;
    throw new VaultNotOpened("newer-version", `${file} was written by a newer Safar (${versions})`);
  }
  return version;
};

export const createTables = (database: DatabaseSync, secrets: Secrets): void => {
  database.exec("BEGIN IMMEDIATE");
  database.exec(SCHEMA);
  const insert = database.prepare("INSERT INTO secrets (name, value) VALUES (?, ?)");
  insert.run("master-key-check", secrets.check);
  insert.run("index-key", secrets.indexKey);
  insert.run("request-key", secrets.requestKey);
  database.exec("COMMIT");
};

/** @throws VaultNotOpened */
export const readSecrets = (database: DatabaseSync): Secrets => {
  const select = database.prepare("SELECT value FROM secrets WHERE name = ?");
  const secret = (name: string): Uint8Array => {
    const value = select.get(name)?.["value"];
    if (!(value instanceof Uint8Array)) throw new VaultNotOpened("damaged", `the vault has lost its ${name}`);
    return value;
  };
  return { check: secret("master-key-check"), indexKey: secret("index-key"), requestKey: secret("request-key") };
};

/** SQLite gives its other files the mode of this one. */
export const createPrivately = (file: string): void => closeSync(openSync(file, "a", 0o600));
