import type { Timers } from "@safar/kernel";
import { StoreOverloaded, StoreUnavailable } from "../port.ts";
import { MAX_OPEN_READS, MAX_WAITING_READS, type EventStoreDbLimits } from "./limits.ts";

/** Bounds how many reads are open at once. */
export interface ReadSlots {
  /** Waits for a place. @returns gives it free. @throws StoreUnavailable when that takes too long, the signal's reason. */
  take(signal?: AbortSignal): Promise<() => void>;
}

export const createReadSlots = (timers: Timers, limits: EventStoreDbLimits): ReadSlots => {
  const waiting = new Set<() => void>();
  let open = 0;

  const free = (): void => {
    open -= 1;
    const [first] = waiting;
    if (first === undefined) return;
    waiting.delete(first);
    first();
  };
  const taken = (): (() => void) => {
    open += 1;
    let isFree = false;
    return () => {
      if (!isFree) free();
      isFree = true;
    };
  };

  return {
    async take(signal) {
      signal?.throwIfAborted();
      if (open < MAX_OPEN_READS) return taken();
      if (waiting.size >= MAX_WAITING_READS)
        throw new StoreOverloaded(`the log is overloaded: ${waiting.size} reads wait already`);
      return new Promise((resolve, reject) => {
        const turn = (): void => {
          leave();
          resolve(taken());
        };
        const giveUp = (reason: Error): void => {
          leave();
          reject(reason);
        };
        const abort = (): void => giveUp(signal?.reason as Error);
        const leave = (): void => {
          waiting.delete(turn);
          cancel();
          signal?.removeEventListener("abort", abort);
        };
        const cancel = timers.after(limits.waitingMilliseconds, () =>
          giveUp(new StoreUnavailable("the log is busy: a read had to wait for too long", "not-stored")),
        );
        signal?.addEventListener("abort", abort);
        waiting.add(turn);
      });
    },
  };
};
