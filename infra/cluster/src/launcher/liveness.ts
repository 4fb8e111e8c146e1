import type { Environment } from "@safar/kernel";
import type { Program } from "./program.ts";

/** As the probes of infra/kubernetes: whoever is silent for so many of them will not come back by itself. */
const ASK_EVERY_MS = 10_000;
const ANSWER_LIMIT_MS = 5_000;
const MAX_MISSED = 6;
/** Before the first answer: a start on a busy machine takes its time. */
const MAX_MISSED_AT_START = 12;

/**
 * Asks a running program whether it lives, until the signal. Questions are counted and no time, so that a launcher that
 * was stopped itself for a while takes nobody for dead.
 * @returns whether it hangs
 */
export const hangs = async (program: Program, { timers }: Environment, signal: AbortSignal): Promise<boolean> => {
  if (!program.isAlive) return false;
  for (let missed = 0, most = MAX_MISSED_AT_START; missed < most; missed += 1) {
    await timers.sleep(ASK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return false;
    const limit = new AbortController();
    const cancel = timers.after(ANSWER_LIMIT_MS, () => {
      limit.abort();
    });
    if (await program.isAlive(limit.signal).catch(() => false)) {
      missed = -1;
      most = MAX_MISSED;
    }
    cancel();
  }
  return !signal.aborted;
};
