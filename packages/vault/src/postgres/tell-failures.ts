import type { Environment } from "@safar/kernel";
import type { VaultUnavailable } from "../port.ts";
import type { VaultLog } from "./log.ts";

/** An outage is one matter, however many calls it refuses: often enough to see that it goes on. */
const TELL_EVERY_MS = 10_000;

/** Tells an operator that the database fails its calls; the calls themselves end with 503. */
export const tellFailures = (log: VaultLog, { clock }: Environment) => {
  let toldAt = -Infinity;
  return (failure: VaultUnavailable): void => {
    const now = clock.monotonic();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    log.warn({ err: failure }, "the vault's database fails; calls are refused until it is back");
  };
};
