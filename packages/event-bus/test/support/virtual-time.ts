import { setImmediate as turn } from "node:timers/promises";
import type { Environment } from "@safar/kernel";

/** Time that passes only when it is told to, and chance from a seed: a run repeats exactly. */
export const createVirtualTime = (seed: number) => {
  let state = seed >>> 0;
  /** Mulberry32. */
  const chance = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  let now = 1_700_000_000_000;
  let order = 0;
  const due = new Map<number, { readonly at: number; readonly call: () => void }>();

  const after = (milliseconds: number, call: () => void): (() => void) => {
    order += 1;
    const key = order;
    due.set(key, { at: now + Math.max(0, milliseconds), call });
    return () => void due.delete(key);
  };
  const environment: Environment = {
    clock: { now: () => now, monotonic: () => now },
    timers: {
      after,
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) return void reject(signal.reason as Error);
          const abort = (): void => {
            cancel();
            reject(signal?.reason as Error);
          };
          const cancel = after(milliseconds, () => {
            signal?.removeEventListener("abort", abort);
            resolve();
          });
          signal?.addEventListener("abort", abort, { once: true });
        }),
    },
    random: {
      uuid: () =>
        `00000000-0000-4000-8000-${Math.floor(chance() * 2 ** 48)
          .toString(16)
          .padStart(12, "0")}`,
      bytes: (length) => Uint8Array.from({ length }, () => Math.floor(chance() * 256)),
      fraction: chance,
    },
  };

  const next = (until: number): (() => void) | undefined => {
    let first: { readonly key: number; readonly at: number } | undefined;
    for (const [key, { at }] of due) if (at <= until && (!first || at < first.at)) first = { key, at };
    if (!first) return undefined;
    const call = due.get(first.key)?.call;
    due.delete(first.key);
    now = Math.max(now, first.at);
    return call;
  };
  /** Lets so much time pass, timer by timer; in between all that is ready runs. */
  const pass = async (milliseconds: number): Promise<void> => {
    const until = now + milliseconds;
    await turn();
    for (let call = next(until); call; call = next(until)) {
      call();
      await turn();
    }
    now = until;
  };
  return { environment, chance, pass };
};
