import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate as turn, setTimeout as pause } from "node:timers/promises";
import type { Environment } from "@safar/kernel";

export interface TestEnvironment extends Environment {
  /** Moves both clocks on. */
  pass(milliseconds: number): void;
}

/** Real chance and pauses, and a clock that stands until a test moves it. */
export const createTestEnvironment = (): TestEnvironment => {
  let now = Date.parse("2026-02-16T05:00:00Z");
  const noTimers = (): never => {
    throw new Error("the vault sets no timers that call back");
  };
  return {
    clock: { now: () => now, monotonic: () => now },
    timers: {
      sleep: (milliseconds, signal) =>
        milliseconds === 0 ? turn(undefined, { signal }) : pause(milliseconds, undefined, { signal }),
      after: noTimers,
    },
    random: {
      uuid: () => randomUUID(),
      bytes: (length) => new Uint8Array(randomBytes(length)),
      fraction: () => 0.5,
    },
    pass(milliseconds) {
      now += milliseconds;
    },
  };
};
