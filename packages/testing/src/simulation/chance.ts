/** A stream of chance that a seed fixes: the same on every machine. Streams of different names are independent. */
export interface Chance {
  /** In [0, 1). */
  fraction(): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  /** Whole, from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(values: readonly T[]): T;
  bytes(length: number): Uint8Array;
  /** A stream of its own, so that what one part draws changes nothing for another. */
  fork(name: string): Chance;
}

/** FNV-1a, 32 bits: spreads a name over the whole space of seeds. */
const seedOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

/** mulberry32 (T. Ettinger, public domain). */
export const chanceOf = (name: string): Chance => {
  let state = seedOf(name);
  const whole = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const fraction = (): number => whole() / 4_294_967_296;
  const between = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  return {
    fraction,
    happens: (probability) => probability > 0 && fraction() < probability,
    between,
    pick: (values) => {
      if (values.length === 0) throw new RangeError("nothing to pick from");
      return values[between(0, values.length - 1)]!;
    },
    bytes: (length) => Uint8Array.from({ length }, () => whole() & 0xff),
    fork: (own) => chanceOf(`${name}/${own}`),
  };
};
