import { DatabaseSync } from "node:sqlite";

/** How long one process waits for another's write, which takes one disk sync. */
const LOCK_WAIT_MS = 5_000;

/**
 * Remembers which sign-in links were opened, over restarts, for as long as they would still be valid. Processes of one
 * machine share the file, so that a link opens once whichever of them is asked.
 */
export const openUsedLinks = (file: string) => {
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
