import type { Environment } from "@safar/kernel";
import type { Chance } from "./chance.ts";
import type { Owner, Schedule } from "./schedule.ts";

/** One life of a process: from its start to its crash. What it waits for then never comes, so it does nothing more. */
export interface Incarnation extends Owner {
  readonly name: string;
  /** Which life of that process it is, from 1. */
  readonly life: number;
  readonly environment: Environment;
  /** Aborted by the crash, for what outlives it (a subscription of the shared log). */
  readonly crashed: AbortSignal;
  crash(): void;
}

/** The wall clock at the beginning of every run: 2026-11-01, within the validity of the simulator's papers. */
const EPOCH = Date.UTC(2026, 10, 1, 6);

/** A promise that never settles: what a process that is no more waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

const uuidOf = (bytes: Uint8Array): string => {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** An environment that the seed decides: virtual time, a clock that is wrong by `skew()` milliseconds, chance. */
export const createEnvironment = (
  schedule: Schedule,
  chance: Chance,
  owner: Owner & { readonly name: string },
  skew: () => number,
): Environment => ({
  clock: {
    now: () => Math.floor(EPOCH + schedule.now() + skew()),
    monotonic: () => schedule.now(),
  },
  timers: {
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return void reject(signal.reason as Error);
        const cancel = schedule.after(
          milliseconds,
          `${owner.name} wakes`,
          () => {
            signal?.removeEventListener("abort", abort);
            resolve();
          },
          { owner },
        );
        const abort = (): void => {
          cancel();
          reject(signal?.reason as Error);
        };
        signal?.addEventListener("abort", abort, { once: true });
      });
    },
    after: (milliseconds, callback) => schedule.after(milliseconds, `${owner.name} timer`, callback, { owner }),
  },
  random: {
    uuid: () => uuidOf(chance.bytes(16)),
    bytes: (length) => chance.bytes(length),
    fraction: () => chance.fraction(),
  },
});

export const createIncarnation = (options: {
  readonly name: string;
  readonly life: number;
  readonly schedule: Schedule;
  readonly chance: Chance;
  readonly skew: () => number;
}): Incarnation => {
  const { name, life, schedule, chance, skew } = options;
  const ending = new AbortController();
  let isAlive = true;
  const owner = {
    name,
    get isAlive() {
      return isAlive;
    },
  };
  return {
    name,
    life,
    get isAlive() {
      return isAlive;
    },
    environment: createEnvironment(schedule, chance.fork(`${name} ${life}`), owner, skew),
    crashed: ending.signal,
    crash() {
      isAlive = false;
      ending.abort();
    },
  };
};
