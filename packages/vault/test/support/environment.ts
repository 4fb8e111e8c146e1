import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { Environment } from "@safar/kernel";

export interface TestEnvironment extends Environment {
  /** Moves both clocks on. */
  pass(milliseconds: number): void;
}

/** Real chance, and a clock that stands until a test moves it. The vault only gives others their turn. */
export const createTestEnvironment = (): TestEnvironment => {
  let now = Date.parse("2026-02-16T05:00:00Z");
  const noTimers = (): never => {
    throw new Error("the vault sets no timers");
  };
  const giveTurn = (milliseconds: number): Promise<void> => (milliseconds === 0 ? turn() : noTimers());
  return {
    clock: { now: () => now, monotonic: () => now },
    timers: { sleep: giveTurn, after: noTimers },
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
