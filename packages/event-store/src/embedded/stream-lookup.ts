import type { DatabaseSync } from "node:sqlite";
import type { UnindexedStreams } from "./unindexed-streams.ts";

/** Finds a stream's number by its name: first among the new ones in memory, then in the index on disk. */
export const createStreamLookup = (
  database: DatabaseSync,
  unindexed: UnindexedStreams,
): ((name: string, hash: number) => number | undefined) => {
  const isNamed = database.prepare("SELECT id FROM streams WHERE id = ? AND name = ?");
  const indexed = database.prepare(
    "SELECT streams.id FROM stream_index CROSS JOIN streams ON streams.id = stream " +
      "WHERE stream_index.hash = ? AND name = ?",
  );
  return (name, hash) => {
    for (const id of unindexed.withHash(hash)) if (isNamed.get(id, name) !== undefined) return id;
    const id = indexed.get(hash, name)?.["id"];
    return id === undefined ? undefined : Number(id);
  };
};
