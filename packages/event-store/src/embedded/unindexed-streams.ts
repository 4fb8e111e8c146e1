import type { DatabaseSync } from "node:sqlite";
import { BUCKETS, bucketOf } from "./stream-hash.ts";

/*
 * Names of streams are random, so an index of them on disk costs a page of its own for every new stream: ten times
 * what its event takes. New streams are therefore held in memory by buckets of neighbouring hashes, and a whole bucket
 * goes into the index at once, where its entries share pages. The table `streams` has them all from the start; what
 * the index lacks is loaded again when the log is opened, at most about twice what is held.
 */

/** A bucket: hashes and numbers of its streams, side by side. Few enough that looking through them takes no time. */
export interface Bucket {
  readonly hashes: number[];
  readonly ids: number[];
}

export interface UnindexedStreams {
  size(): number;
  /** Numbers of the streams whose names have this hash; most often none or one. */
  withHash(hash: number): readonly number[];
  add(hash: number, id: number): void;
  /** Takes back the stream of this hash that was added last. */
  undo(hash: number): void;
  bucket(number: number): Bucket;
  /** The bucket's streams are in the index now. */
  drop(number: number): void;
}

const NONE: readonly number[] = [];

export const createUnindexedStreams = (): UnindexedStreams => {
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ hashes: [], ids: [] }));
  let size = 0;
  const bucket = (number: number): Bucket => buckets[number] ?? { hashes: [], ids: [] };
  return {
    size: () => size,
    withHash(hash) {
      const { hashes, ids } = bucket(bucketOf(hash));
      if (!hashes.includes(hash)) return NONE;
      return ids.filter((_, index) => hashes[index] === hash);
    },
    add(hash, id) {
      const { hashes, ids } = bucket(bucketOf(hash));
      hashes.push(hash);
      ids.push(id);
      size += 1;
    },
    undo(hash) {
      const { hashes, ids } = bucket(bucketOf(hash));
      hashes.pop();
      ids.pop();
      size -= 1;
    },
    bucket,
    drop(number) {
      size -= bucket(number).ids.length;
      buckets[number] = { hashes: [], ids: [] };
    },
  };
};

/** Finds every stream of the file that its index lacks. */
export const loadUnindexedStreams = (database: DatabaseSync): UnindexedStreams => {
  const streams = createUnindexedStreams();
  const indexedTo = new Float64Array(BUCKETS);
  for (const row of database.prepare("SELECT bucket, indexed_to FROM stream_index_progress").all()) {
    indexedTo[Number(row["bucket"])] = Number(row["indexed_to"]);
  }
  const rows = database.prepare("SELECT hash, id FROM streams WHERE id > ? ORDER BY id");
  for (const row of rows.iterate(Math.min(...indexedTo))) {
    const [hash, id] = [Number(row["hash"]), Number(row["id"])];
    if (id > (indexedTo[bucketOf(hash)] ?? 0)) streams.add(hash, id);
  }
  return streams;
};
