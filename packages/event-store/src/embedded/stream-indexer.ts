import type { DatabaseSync } from "node:sqlite";
import { MAX_UNINDEXED_STREAMS } from "./limits.ts";
import { BUCKETS } from "./stream-hash.ts";
import type { UnindexedStreams } from "./unindexed-streams.ts";

/** Brings new streams into the index on disk, whole buckets at a time and in turn (see unindexed-streams.ts). */
export interface StreamIndexer {
  /** Within a transaction. @returns the buckets that are in the index once it is committed. */
  indexWhatIsTooMuch(lastStream: number): readonly number[];
  committed(indexed: readonly number[]): void;
}

export const createStreamIndexer = (database: DatabaseSync, unindexed: UnindexedStreams): StreamIndexer => {
  const insert = database.prepare("INSERT INTO stream_index (hash, stream) VALUES (?, ?)");
  const setProgress = database.prepare(
    "INSERT INTO stream_index_progress (bucket, indexed_to) VALUES (?, ?) " +
      "ON CONFLICT (bucket) DO UPDATE SET indexed_to = excluded.indexed_to",
  );
  let nextBucket = bucketWaitingLongest(database);
  return {
    indexWhatIsTooMuch(lastStream) {
      const indexed: number[] = [];
      let held = unindexed.size();
      while (held > MAX_UNINDEXED_STREAMS && indexed.length < BUCKETS) {
        const bucket = (nextBucket + indexed.length) % BUCKETS;
        const { hashes, ids } = unindexed.bucket(bucket);
        for (const [index, id] of ids.entries()) insert.run(hashes[index] ?? 0, id);
        setProgress.run(bucket, lastStream);
        indexed.push(bucket);
        held -= ids.length;
      }
      return indexed;
    },
    committed(indexed) {
      for (const bucket of indexed) unindexed.drop(bucket);
      nextBucket = (nextBucket + indexed.length) % BUCKETS;
    },
  };
};

/** Buckets take turns from 0 on, so the first round shows in their number and later ones in their progress. */
const bucketWaitingLongest = (database: DatabaseSync): number => {
  const rows = database.prepare("SELECT bucket FROM stream_index_progress ORDER BY indexed_to, bucket").all();
  return rows.length < BUCKETS ? rows.length : Number(rows[0]?.["bucket"] ?? 0);
};
