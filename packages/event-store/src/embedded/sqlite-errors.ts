/** SQLite's primary result codes that are told apart (https://sqlite.org/rescode.html). */
export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
export const SQLITE_NOT_A_DATABASE = 26;
/** Extended: the system took less than it was given. */
const SQLITE_IOERR_WRITE = 778;

/** The extended result code of an error of `node:sqlite`; undefined for any other error. */
const extendedCode = (problem: unknown): number | undefined => {
  if (!(problem instanceof Error) || !("errcode" in problem)) return undefined;
  return typeof problem.errcode === "number" ? problem.errcode : undefined;
};

/** The primary result code of an error of `node:sqlite`; undefined for any other error. */
export const sqliteCode = (problem: unknown): number | undefined => {
  const code = extendedCode(problem);
  return code === undefined ? undefined : code & 0xff;
};

/**
 * True when a commit failed before its last page was written: then no later reader, not after a crash either, can
 * take the transaction for whole. After any other failure (of a sync, say) it may be whole.
 */
export const failedBeforeTheEnd = (problem: unknown): boolean =>
  sqliteCode(problem) === SQLITE_FULL || extendedCode(problem) === SQLITE_IOERR_WRITE;

export const messageOf = (problem: unknown): string => (problem instanceof Error ? problem.message : String(problem));
