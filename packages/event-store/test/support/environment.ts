import { randomBytes, randomUUID } from "node:crypto";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@safar/kernel";

/** Real time; a pause of nothing is one turn of the event loop. */
export const environment: Environment = {
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  timers: {
    async sleep(milliseconds, signal) {
      await (milliseconds === 0 ? turn(undefined, { signal }) : sleep(milliseconds, undefined, { signal }));
    },
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds).unref();
      return () => clearTimeout(timer);
    },
  },
  random: { uuid: () => randomUUID(), bytes: (length) => randomBytes(length), fraction: () => Math.random() },
};

/** The same with a wall clock that is set by hand. */
export const withClock = (now: () => number): Environment => ({ ...environment, clock: { ...environment.clock, now } });
