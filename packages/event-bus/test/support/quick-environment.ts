import { setTimeout as wait } from "node:timers/promises";
import type { Environment } from "@safar/kernel";
import { impatientEnvironment } from "../environment.ts";

/** Real time, in which pauses are a tenth of what they are: for tests with real servers, which need a little time. */
export const quickEnvironment: Environment = {
  ...impatientEnvironment,
  timers: {
    ...impatientEnvironment.timers,
    async sleep(milliseconds, signal) {
      await wait(milliseconds / 10, undefined, { signal });
    },
  },
};
