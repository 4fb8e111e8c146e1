import { PARTITIONS } from "@safar/contracts";
import { pauseAfter } from "../backoff.ts";
import { createProgress, type Progress } from "./progress.ts";
import { isStreamError, type DurableReader } from "./port.ts";
import { durableName } from "./subjects.ts";
import { createTake, type TakeOptions } from "./take.ts";

export interface RunOptions extends TakeOptions {
  readonly reader: DurableReader;
}

/** One consumer at work: a loop for each partition, one event at a time. */
export interface Run {
  position(): bigint | undefined;
  /** Durables that the relay has not made. */
  missing(): readonly string[];
  readonly ended: Promise<void>;
}

export const startRun = (options: RunOptions): Run => {
  const { consumer, reader, store, environment, log, signal } = options;
  const take = createTake(options);
  const missing = new Set<string>();
  const durables = Array.from({ length: PARTITIONS }, (_, partition) => durableName(consumer.durable, partition));
  const progress: Progress = createProgress({ durables, reader, store, environment, signal });

  const failed = async (error: unknown, durable: string, failures: number): Promise<void> => {
    if (signal.aborted) return;
    const isMissing = isStreamError(error, "no-durable");
    if (isMissing && !missing.has(durable))
      log.warn({ durable }, "the relay has not made this durable; it is waited for");
    if (isMissing) missing.add(durable);
    else log.warn({ err: error, durable }, "no messages can be had; it is tried again");
    await environment.timers.sleep(pauseAfter(failures, environment.random), signal).catch(() => undefined);
  };

  const work = async (durable: string): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        const delivery = await reader.next(durable, signal);
        missing.delete(durable);
        failures = 0;
        if (!delivery) continue;
        progress.begin(durable, delivery);
        const taken = await take(delivery);
        if (taken !== "given-back") progress.handled(durable, taken.position);
      } catch (error) {
        await failed(error, durable, failures);
        failures += 1;
      }
    }
  };

  const all = async (): Promise<void> => {
    await Promise.all([...durables.map(work), progress.ended]);
  };
  return { position: () => progress.position(), missing: () => [...missing], ended: all() };
};
