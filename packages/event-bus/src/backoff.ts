import type { Randomness } from "@safar/kernel";
import { RETRY_FIRST_MS, RETRY_LAST_MS } from "./limits.ts";

/** Milliseconds to wait after a failed try; between half and all of the step, so that many do not come back at once. */
export const pauseAfter = (tries: number, random: Randomness): number =>
  Math.min(RETRY_FIRST_MS * 2 ** Math.min(tries, 30), RETRY_LAST_MS) * (0.5 + random.fraction() / 2);
