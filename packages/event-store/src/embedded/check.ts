import { DatabaseSync } from "node:sqlite";
import type { Position } from "../port.ts";
import { APPLICATION_ID, FILE_VERSION } from "./schema.ts";
import { messageOf } from "./sqlite-errors.ts";

/** Enough to see what is wrong; a broken disk would give one for every page. */
const MAX_PROBLEMS = 100;

export interface LogCheck {
  /** Position of its last event; -1n of an empty log, or where it cannot be read. */
  readonly head: Position;
  /** Sentences for an operator; none when all is well. */
  readonly problems: readonly string[];
}

/** Whether a copy of the log is whole: every page, every index, every stream without a gap. Reads only. */
export const checkLogBackup = (file: string): LogCheck => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    return checkOpened(database, file);
  } catch (problem) {
    const message = `${file} cannot be read: ${messageOf(problem)}`;
    return { head: -1n, problems: [message] };
  } finally {
    database?.close();
  }
};

const GAPS = `SELECT name FROM streams LEFT JOIN events ON events.stream = streams.id GROUP BY streams.id
  HAVING count(position) != max(revision) + 1 OR min(revision) != 0 LIMIT ${MAX_PROBLEMS}`;

const checkOpened = (database: DatabaseSync, file: string): LogCheck => {
  const number = (sql: string): number => Number(Object.values(database.prepare(sql).get() ?? {})[0] ?? -1);
  if (number("PRAGMA application_id") !== APPLICATION_ID)
    return { head: -1n, problems: [`${file} is no event log of Safar`] };
  if (number("PRAGMA user_version") > FILE_VERSION)
    return { head: -1n, problems: [`${file} was written by a newer Safar: restore it with that one`] };
  const pages = database
    .prepare(`PRAGMA integrity_check(${MAX_PROBLEMS})`)
    .all()
    .map((row) => String(row["integrity_check"]))
    .filter((found) => found !== "ok");
  const gaps = database
    .prepare(GAPS)
    .all()
    .map((row) => `the stream ${String(row["name"])} has a gap`);
  return { head: BigInt(number("SELECT max(position) FROM events")), problems: [...pages, ...gaps] };
};
