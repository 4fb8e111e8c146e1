import { readSync } from "node:fs";

/**
 * Looks through a file for what was erased. SQLite overwrites what it deletes, but seldom leaves a part of a row in a
 * free corner of a page that was split long ago; so erasure is not believed but checked.
 * Both ends of every value are looked for: a remnant is cut at one side, by what has been written over it.
 */
const END_BYTES = 6;
const BLOCK_BYTES = 1_048_576;

/** The values of some ten persons. Looking for more takes longer than writing the database anew. */
export const MAX_SEARCHED_VALUES = 128;

/** True where a part of any of the values (each at least six bytes long) is in the file. */
export const remainsIn = (file: number, values: readonly Uint8Array[]): boolean => {
  const parts = values.flatMap((value) => [value.subarray(0, END_BYTES), value.subarray(-END_BYTES)]);
  const ends = parts.map((part) => Buffer.from(part));
  const buffer = Buffer.alloc(BLOCK_BYTES);
  // Blocks overlap, so that nothing is missed that lies on the border of two.
  for (let position = 0; ; position += BLOCK_BYTES - END_BYTES + 1) {
    const block = buffer.subarray(0, readSync(file, buffer, 0, BLOCK_BYTES, position));
    if (ends.some((end) => block.includes(end))) return true;
    if (block.length < BLOCK_BYTES) return false;
  }
};
