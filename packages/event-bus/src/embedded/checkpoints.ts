import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/**
 * Where each consumer goes on, in one small SQLite file. `synchronous=NORMAL`: a power cut may lose the last saves,
 * and a lost or damaged file all of them. Both only hand events out again, which every consumer takes.
 */
export interface Checkpoints {
  load(durable: string): bigint | undefined;
  save(durable: string, position: bigint): void;
  close(): void;
}

/** Marks the file, so that a wrong path never empties another database. "SFBC". */
const APPLICATION_ID = 0x5346_4243;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

const open = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    const count = database.prepare("SELECT count(*) AS count FROM sqlite_schema").get()?.["count"];
    const id = database.prepare("PRAGMA application_id").get()?.["application_id"];
    if (count !== 0 && id !== APPLICATION_ID)
      throw new Error(`${file} is a database of something else; it is left alone`);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA application_id = ${APPLICATION_ID};
       CREATE TABLE IF NOT EXISTS checkpoint (durable TEXT PRIMARY KEY, position INTEGER NOT NULL)`,
    );
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const isDamage = (error: unknown): boolean => {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return false;
  return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(error.errcode & 0xff);
};

/** @throws when the file cannot be opened, or is a database of something else */
export const openCheckpoints = (file: string, onDamage: (error: unknown) => void): Checkpoints => {
  let database: DatabaseSync;
  try {
    database = open(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    onDamage(error);
    for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true });
    database = open(file);
  }
  const select = database.prepare("SELECT position FROM checkpoint WHERE durable = ?");
  select.setReadBigInts(true);
  const upsert = database.prepare(
    "INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (durable) DO UPDATE SET position = excluded.position",
  );
  return {
    load(durable) {
      const position = select.get(durable)?.["position"];
      return typeof position === "bigint" ? position : undefined;
    },
    save: (durable, position) => void upsert.run(durable, position),
    close: () => database.close(),
  };
};
