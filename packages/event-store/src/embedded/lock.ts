import { DatabaseSync } from "node:sqlite";
import { LogFileRefused } from "./refused.ts";
import { SQLITE_BUSY, sqliteCode } from "./sqlite-errors.ts";

/**
 * Holds the log for one writer. The lock is the operating system's (SQLite's exclusive lock on an empty file beside
 * the log), so that it ends with the process however that dies; the file itself stays and means nothing.
 * @returns a function that gives the lock back.
 * @throws LogFileRefused "in-use"
 */
export const lockLog = (file: string): (() => void) => {
  const lock = new DatabaseSync(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (problem) {
    lock.close();
    if (sqliteCode(problem) !== SQLITE_BUSY) throw problem;
    const message = `${file} is open in another process or twice in this one: one log has one writer. Stop the other first.`;
    throw new LogFileRefused("in-use", file, message);
  }
  return () => {
    lock.close();
  };
};
