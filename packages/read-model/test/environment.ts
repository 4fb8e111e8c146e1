import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { Environment } from "@safar/kernel";

/** Real time, in which a pause takes no longer than a turn of the event loop: tests wait for nothing. */
export const impatientEnvironment: Environment = {
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  timers: {
    async sleep(_milliseconds, signal) {
      signal?.throwIfAborted();
      await turn(undefined, { signal });
    },
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length), fraction: () => Math.random() },
};
