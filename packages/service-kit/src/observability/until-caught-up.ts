import type { Kit } from "../runtime/kit.ts";
import type { ServiceRuntime } from "../runtime/service-runtime.ts";
import { createLogHealth } from "./log-health.ts";

/** A start that takes longer than this is told of, and then again and again until it ends. */
const TELL_EVERY_MS = 10_000;

/**
 * Waits until the tables of all services have caught up with the log: for minutes where they are made anew, for ever
 * where the log is away. Meanwhile the operator is told who is waited for, and how far each is.
 */
export const untilCaughtUp = async (kit: Kit, runtimes: readonly ServiceRuntime[]): Promise<void> => {
  const { log, store, environment } = kit;
  const { clock, timers } = environment;
  const askLog = createLogHealth(environment, store);
  const since = clock.monotonic();
  const waiting = new Set(runtimes);
  let told = 0;
  let cancel = (): void => undefined;

  const tell = async (): Promise<void> => {
    const head = await askLog();
    if (waiting.size === 0) return;
    const tables = Object.fromEntries(
      [...waiting].map(({ definition, readModel }) => [definition.name, String(readModel.position())]),
    );
    if (head === undefined) log.warn({ tables }, "the log does not answer: the start waits for it");
    else log.info({ head: String(head), tables }, "the start waits until these tables have caught up with the log");
    told += 1;
    tellLater();
  };
  const tellLater = (): void => {
    cancel = timers.after(TELL_EVERY_MS, () => void tell());
  };
  tellLater();
  const wait = async (runtime: ServiceRuntime): Promise<void> => {
    await runtime.ready;
    waiting.delete(runtime);
  };
  try {
    await Promise.all(runtimes.map(wait));
  } finally {
    waiting.clear();
    cancel();
  }
  if (told > 0) log.info({ forMs: Math.round(clock.monotonic() - since) }, "the tables have caught up with the log");
};
