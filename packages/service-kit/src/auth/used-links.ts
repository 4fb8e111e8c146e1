import { DatabaseSync } from "node:sqlite";

/** Remembers which sign-in links were opened, over restarts, for as long as they would still be valid. */
export const openUsedLinks = (file: string) => {
  const database = new DatabaseSync(file);
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
