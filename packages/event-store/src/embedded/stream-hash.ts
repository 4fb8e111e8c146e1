/**
 * A stream's name as a number of 53 bits, under which the file's index finds it (see unindexed-streams.ts).
 * It is on disk: it must never change. Two names may share a hash; the name itself decides.
 */
export const streamHash = (name: string): number => {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return (spread(high) & HIGH_BITS) * 2 ** 32 + spread(low ^ high);
};

const HIGH_BITS = 0x1f_ffff;

/** Every bit of the input changes about half of the bits of the output, so that buckets fill evenly. */
const spread = (value: number): number => {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** Buckets of neighbouring hashes: at `MAX_UNINDEXED_STREAMS` each holds 64, and a transaction fills a few. */
export const BUCKETS = 1_024;

export const bucketOf = (hash: number): number => Math.floor(hash / 2 ** 43);
