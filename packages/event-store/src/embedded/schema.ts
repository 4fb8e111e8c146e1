import type { DatabaseSync } from "node:sqlite";
import { CACHE_KIBIBYTES } from "./limits.ts";
import { LogFileRefused } from "./refused.ts";

/** Raised with every change of the tables; a file of a higher version is refused, a lower one would be migrated. */
export const FILE_VERSION = 1;

/** "SAFR": tells the file from every other SQLite file. */
export const APPLICATION_ID = 0x53_41_46_52;

/*
 * `data` and `metadata` are the bytes as they were handed in. The view `log` is for people: the same events in order,
 * with bytes as text. `streams.hash` and the two tables of the index are explained in unindexed-streams.ts.
 */
const TABLES = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE streams (
  id INTEGER PRIMARY KEY, category INTEGER REFERENCES categories, hash INTEGER NOT NULL, name TEXT NOT NULL
) STRICT;
CREATE TABLE stream_index (hash INTEGER, stream INTEGER, PRIMARY KEY (hash, stream)) STRICT, WITHOUT ROWID;
CREATE TABLE stream_index_progress (bucket INTEGER PRIMARY KEY, indexed_to INTEGER NOT NULL) STRICT;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL REFERENCES streams,
  revision INTEGER NOT NULL,
  category INTEGER REFERENCES categories,
  recorded_at INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  data BLOB NOT NULL,
  metadata BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
CREATE INDEX events_by_category ON events (category, position);
CREATE VIEW log AS
  SELECT position, streams.name AS stream, revision, type,
    strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at / 1000.0, 'unixepoch') AS recorded_at, events.id AS id,
    CAST(data AS TEXT) AS data, CAST(metadata AS TEXT) AS metadata
  FROM events JOIN streams ON streams.id = events.stream;
`;

const pragma = (database: DatabaseSync, name: string): unknown =>
  Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];

/** Makes the tables of a new file, or checks that an old one is ours and not of a later version. */
export const prepareFile = (database: DatabaseSync, file: string): void => {
  const tables = Number(database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  const version = Number(pragma(database, "user_version"));
  const isNew = tables === 0 && version === 0;
  if (!isNew && pragma(database, "application_id") !== APPLICATION_ID) {
    throw new LogFileRefused("not-a-log", file, `${file} is an SQLite file, but no event log of Safar.`);
  }
  if (version > FILE_VERSION) {
    throw new LogFileRefused(
      "newer-version",
      file,
      `${file} has version ${version} of the log's format, this program knows up to ${FILE_VERSION}: ` +
        `start the newer program that wrote it.`,
    );
  }
  // A page of the write-ahead log is written for each page changed: small ones suit small events.
  if (isNew) database.exec("PRAGMA page_size = 4096");
  database.exec("PRAGMA journal_mode = WAL");
  setUpConnection(database);
  if (!isNew) return;
  database.exec(
    `BEGIN; ${TABLES} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${FILE_VERSION}; COMMIT`,
  );
};

/** What every connection to the file needs, whatever it is for. */
export const setUpConnection = (database: DatabaseSync): void => {
  // FULL: the write-ahead log is synced at every commit, so that what was acknowledged outlives a power cut.
  // Checkpoints are ours (checkpoint.ts), so that none happens within an append.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA cache_size = -${CACHE_KIBIBYTES};
    PRAGMA mmap_size = 0;
    PRAGMA trusted_schema = OFF`);
};
