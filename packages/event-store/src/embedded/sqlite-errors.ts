/** SQLite's primary result codes that are told apart (https://sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_NOT_A_DATABASE = 26;

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
export const sqliteCode = (problem: unknown): number | undefined => {
  if (!(problem instanceof Error) || !("errcode" in problem)) return undefined;
  return typeof problem.errcode === "number" ? problem.errcode & 0xff : undefined;
};

export const messageOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));
