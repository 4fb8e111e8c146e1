import { randomBytes, randomUUID } from "node:crypto";
import type { Environment } from "@safar/kernel";

/** What Node's timers hold at most (2^31 - 1); a longer wait would end at once. */
const MAX_TIMER_MS = 2_147_483_647;

const after = (milliseconds: number, callback: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const next = (): void => {
      if (left > MAX_TIMER_MS) wait(left - MAX_TIMER_MS);
      else callback();
    };
    timer = setTimeout(next, Math.min(left, MAX_TIMER_MS));
    timer.unref();
  };
  wait(milliseconds);
  return () => {
    clearTimeout(timer);
  };
};

const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) return void reject(signal.reason as Error);
    if (milliseconds <= 0) return void setImmediate(resolve);
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });

/** The real one: the machine's clock, timers and randomness. The only place that may touch them. */
export const realEnvironment = (): Environment => ({
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  timers: {
    sleep,
    after,
  },
  random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length), fraction: () => Math.random() },
});
