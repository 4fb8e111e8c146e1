import { randomBytes, randomUUID } from "node:crypto";
import type { Environment } from "@safar/kernel";

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
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      timer.unref();
      return () => {
        clearTimeout(timer);
      };
    },
  },
  random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length), fraction: () => Math.random() },
});
