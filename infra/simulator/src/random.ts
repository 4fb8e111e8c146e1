/** A stream of chance that a seed fixes: the same seed gives the same numbers on every machine. */
export interface Chance {
  /** In [0, 1). */
  fraction(): number;
  /** Whole, from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(values: readonly T[]): T;
  digits(count: number): string;
  /** Lower-case hex. */
  hex(count: number): string;
  shuffle<T>(values: readonly T[]): T[];
}

/** FNV-1a, 32 bits: spreads a text over the whole space of seeds. */
const seedOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 0;
};

/** mulberry32 (T. Ettinger, public domain), one stream for each name. */
export const chanceOf = (...names: readonly (string | number)[]): Chance => {
  let state = seedOf(names.join("/"));
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  const pick = <T>(values: readonly T[]): T => {
    const value = values[between(0, values.length - 1)];
    if (value === undefined) throw new RangeError("nothing to pick from");
    return value;
  };
  const letters = (alphabet: string, count: number): string =>
    Array.from({ length: count }, () => alphabet[between(0, alphabet.length - 1)]).join("");
  return {
    fraction,
    between,
    pick,
    digits: (count) => letters("0123456789", count),
    hex: (count) => letters("0123456789abcdef", count),
    shuffle: (values) =>
      values
        .map((value) => ({ value, at: fraction() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ value }) => value),
  };
};
