import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
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
      const timer = setTimeout(callback, milliseconds).unref();
      return () => clearTimeout(timer);
    },
  },
  random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length), fraction: () => Math.random() },
};

/** As in production, where a pause of nothing is a turn of the event loop. */
export const realEnvironment: Environment = {
  ...impatientEnvironment,
  timers: {
    ...impatientEnvironment.timers,
    async sleep(milliseconds, signal) {
      await (milliseconds === 0 ? turn(undefined, { signal }) : sleep(milliseconds, undefined, { signal }));
    },
  },
};
