/** What a column must hold; another type means that the database is not what it says. */

const expected = (what: string): TypeError => new TypeError(`the vault holds something else where ${what} should be`);

export const blob = (value: unknown): Uint8Array => {
  if (!(value instanceof Uint8Array)) throw expected("bytes");
  return value;
};

export const text = (value: unknown): string => {
  if (typeof value !== "string") throw expected("text");
  return value;
};

export const integer = (value: unknown): number => {
  if (typeof value !== "number") throw expected("a number");
  return value;
};
