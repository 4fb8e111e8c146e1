import type { Environment } from "@safar/kernel";
import { MAX_WAITERS } from "./limits.ts";

interface Waiter {
  readonly position: bigint;
  settle(isApplied: boolean): void;
}

/** Callers that wait until a position is applied; woken by the batch that applies it. */
export const createWaiting = (environment: Environment) => {
  const waiters = new Set<Waiter>();
  return {
    wait(position: bigint, milliseconds: number, signal?: AbortSignal): Promise<boolean> {
      if (milliseconds <= 0 || waiters.size >= MAX_WAITERS || signal?.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const abort = (): void => waiter.settle(false);
        const cancel = environment.timers.after(milliseconds, () => waiter.settle(false));
        const waiter: Waiter = {
          position,
          settle(isApplied) {
            cancel();
            signal?.removeEventListener("abort", abort);
            waiters.delete(waiter);
            resolve(isApplied);
          },
        };
        waiters.add(waiter);
        signal?.addEventListener("abort", abort, { once: true });
      });
    },
    reached(position: bigint): void {
      for (const waiter of waiters) if (waiter.position <= position) waiter.settle(true);
    },
    giveUp(): void {
      for (const waiter of waiters) waiter.settle(false);
    },
  };
};
