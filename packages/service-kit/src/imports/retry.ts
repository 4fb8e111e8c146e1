import { StoreUnavailable } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { VaultUnavailable } from "@safar/vault";
import { RETRY_FIRST_MS, RETRY_LAST_MS } from "./limits.ts";

/** Others changed the same streams again and again; it is tried once more. */
export class Contended extends Error {
  override readonly name = "Contended";
}

/** Another process has put the same rows on record: whoever meets this looks whether that one is still at work. */
export class JudgedElsewhere extends Error {
  override readonly name = "JudgedElsewhere";
}

/** What passes by itself: the log or the vault is away or full, or others were faster. */
export const isPassing = (error: unknown): boolean =>
  error instanceof StoreUnavailable || error instanceof VaultUnavailable || error instanceof Contended;

const pauseAfter = (failures: number): number => Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(failures, 10));

/**
 * Tries until it is done. `goesOn` says whether a failure, the n-th, is tried again; what passes by itself always is.
 * @throws the last failure; the signal's reason when it aborts
 */
export const untilDone = async <Result>(
  environment: Environment,
  signal: AbortSignal,
  work: () => Promise<Result>,
  goesOn: (error: unknown, failures: number) => boolean = () => false,
): Promise<Result> => {
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) && !goesOn(error, failures + 1)) throw error;
      await environment.timers.sleep(pauseAfter(failures), signal);
    }
  }
};
