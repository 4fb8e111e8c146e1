import { readSync } from "node:fs";

/**
 * Looks through a file for what was erased. SQLite overwrites what it deletes, but seldom leaves a part of a row in a
 * free corner of a page that was split long ago; so erasure is not believed but checked.
 * Both ends of every value are looked for: a remnant is cut at one side, by what has been written over it.
 */
const END_BYTES = 6;
const BLOCK_BYTES = 1_048_576;

const keyOf = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** The ends by their first two bytes, so that nearly every place in the file costs one look at a table. */
const byFirstBytes = (values: readonly Uint8Array[]): ReadonlyMap<number, readonly Uint8Array[]> => {
  const ends = values.flatMap((value) => [value.subarray(0, END_BYTES), value.subarray(-END_BYTES)]);
  return Map.groupBy(ends, (end) => keyOf(end, 0));
};

const holdsAt = (block: Uint8Array, at: number, end: Uint8Array): boolean =>
  end.every((byte, index) => block[at + index] === byte);

const holdsAny = (block: Uint8Array, ends: ReadonlyMap<number, readonly Uint8Array[]>, table: Uint8Array): boolean => {
  for (let at = 0; at + END_BYTES <= block.length; at++) {
    const key = keyOf(block, at);
    if (table[key] === 1 && ends.get(key)?.some((end) => holdsAt(block, at, end))) return true;
  }
  return false;
};

/** True where a part of any of the values (each at least six bytes long) is in the file. */
export const remainsIn = (file: number, values: readonly Uint8Array[]): boolean => {
  const ends = byFirstBytes(values);
  const table = new Uint8Array(65_536);
  for (const key of ends.keys()) table[key] = 1;
  const buffer = new Uint8Array(BLOCK_BYTES);
  for (let position = 0; ; position += BLOCK_BYTES - END_BYTES + 1) {
    const length = readSync(file, buffer, 0, BLOCK_BYTES, position);
    if (length < END_BYTES) return false;
    if (holdsAny(buffer.subarray(0, length), ends, table)) return true;
  }
};
