import { chmodSync, closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** How long one process waits for another's write, which takes one disk sync. */
const LOCK_WAIT_MS = 5_000;

const OWNER_ONLY = 0o600;

/**
 * The folder may be open for passing through. SQLite gives its two files beside it the rights that this one has; those
 * of an earlier release are mended.
 */
const keepFromOthers = (file: string): void => {
  closeSync(openSync(file, "a", OWNER_ONLY));
  for (const each of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(each)) chmodSync(each, OWNER_ONLY);
};

/**
 * Remembers which sign-in links were opened, over restarts, for as long as they would still be valid. Processes of one
 * machine share the file, so that a link opens once whichever of them is asked.
 */
export const openUsedLinks = (file: string) => {
  keepFromOthers(file);
  const database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS used (link TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) STRICT",
  );
  const forget = database.prepare("DELETE FROM used WHERE expires_at < ?");
  const insert = database.prepare("INSERT OR IGNORE INTO used (link, expires_at) VALUES (?, ?)");
  return {
    /** True the first time only; durable before it returns. */
    use(linkId: string, expiresAt: number, now: number): boolean {
      forget.run(now);
      return Number(insert.run(linkId, expiresAt).changes) === 1;
    },
    close(): void {
      database.close();
    },
  };
};
