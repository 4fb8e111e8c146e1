import type { DatabaseSync } from "node:sqlite";
import { BUCKETS, bucketOf } from "./stream-hash.ts";

/*
 * Names of streams are random, so an index of them on disk costs a page of its own for every new stream: ten times
 * what its event takes. New streams are therefore held in memory by buckets of neighbouring hashes, and a whole bucket
 * goes into the index at once, where its entries share pages. The table `streams` has them all from the start; what
 * the index lacks is loaded again when the log is opened, at most about twice what is held.
 */

export interface StreamEntry {
  readonly id: number;
  readonly hash: number;
  readonly name: string;
}

export interface UnindexedStreams {
  readonly size: () => number;
  idOf(name: string): number | undefined;
  add(entry: StreamEntry): void;
  /** Takes back the entry that was added last. */
  undo(entry: StreamEntry): void;
  bucket(number: number): readonly StreamEntry[];
  /** The bucket's streams are in the index now. */
  drop(number: number): void;
}

export const createUnindexedStreams = (): UnindexedStreams => {
  const ids = new Map<string, number>();
  const buckets = Array.from({ length: BUCKETS }, (): StreamEntry[] => []);
  const bucket = (number: number): StreamEntry[] => buckets[number] ?? [];
  return {
    size: () => ids.size,
    idOf: (name) => ids.get(name),
    add(entry) {
      ids.set(entry.name, entry.id);
      bucket(bucketOf(entry.hash)).push(entry);
    },
    undo(entry) {
      ids.delete(entry.name);
      bucket(bucketOf(entry.hash)).pop();
    },
    bucket,
    drop(number) {
      for (const { name } of bucket(number)) ids.delete(name);
      buckets[number] = [];
    },
  };
};

/** Finds every stream of the file that its index lacks. */
export const loadUnindexedStreams = (database: DatabaseSync): UnindexedStreams => {
  const streams = createUnindexedStreams();
  const progress = new Map<number, number>();
  const progressRows = database.prepare("SELECT bucket, indexed_to FROM stream_index_progress").all();
  for (const row of progressRows) progress.set(Number(row["bucket"]), Number(row["indexed_to"]));
  const lowest = progress.size < BUCKETS ? 0 : Math.min(...progress.values());
  const rows = database.prepare("SELECT id, hash, name FROM streams WHERE id > ? ORDER BY id").iterate(lowest);
  for (const row of rows) {
    const entry = { id: Number(row["id"]), hash: Number(row["hash"]), name: String(row["name"]) };
    if (entry.id > (progress.get(bucketOf(entry.hash)) ?? 0)) streams.add(entry);
  }
  return streams;
};
