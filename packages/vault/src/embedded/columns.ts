import type { SQLOutputValue } from "node:sqlite";

/** What a column must hold; another type means that the database is not what it says. */

const expected = (what: string): TypeError => new TypeError(`the vault holds something else where ${what} should be`);

export const blob = (value: SQLOutputValue | undefined): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw expected("bytes");
  return value;
};

export const text = (value: SQLOutputValue | undefined): string => {
  if (typeof value !== "string") throw expected("text");
  return value;
};

export const integer = (value: SQLOutputValue | undefined): number => {
  if (typeof value !== "number") throw expected("a number");
  return value;
};
