/**
 * What the index holds in the place of a value: HMAC-SHA-256 under the index key, its first 128 bits (no two values
 * of a nation meet in so many). Nobody without the index key can try values out, and each kind is a domain of its
 * own, so that a word does not tell a name from a place.
 */
export type Tag = Uint8Array;

export const TAG_BYTES = 16;
