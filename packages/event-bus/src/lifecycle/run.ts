import { pauseAfter } from "../backoff.ts";
import type { BusTrouble } from "../port.ts";
import { createDurableWatch } from "./durable-watch.ts";
import { createProgress, type Progress } from "./progress.ts";
import type { Delivery, DurableReader, DurableSpec } from "./port.ts";
import { durablesOf } from "./subjects.ts";
import { createTake, type TakeOptions } from "./take.ts";

export interface RunOptions extends TakeOptions {
  readonly reader: DurableReader;
}

/** One consumer at work: a loop for each partition, one event at a time. */
export interface Run {
  position(): bigint | undefined;
  /** Durables that bring nothing. */
  troubles(): readonly BusTrouble[];
  readonly ended: Promise<void>;
}

export const startRun = (options: RunOptions): Run => {
  const { consumer, reader, store, environment, told, ackWaitMs, signal } = options;
  const take = createTake(options);
  const specs = durablesOf(consumer.durable, ackWaitMs);
  const durables = specs.map(({ name }) => name);
  const watch = createDurableWatch({ consumer: consumer.durable, reader, environment, told });
  const progress: Progress = createProgress({ durables, reader, store, environment, signal });

  const isEnding = (): boolean => signal.aborted;

  const next = async (spec: DurableSpec): Promise<Delivery | undefined> => {
    await watch.look(spec, signal);
    const delivery = await reader.next(spec.name, signal);
    if (isEnding() && !delivery) return undefined;
    try {
      watch.answered(spec, delivery);
      return delivery;
    } catch (error) {
      delivery?.release();
      throw error;
    }
  };

  const work = async (spec: DurableSpec): Promise<void> => {
    for (let failures = 0; !isEnding();) {
      try {
        const delivery = await next(spec);
        failures = 0;
        if (!delivery) continue;
        progress.begin(spec.name, delivery);
        const taken = await take(delivery);
        if (taken !== "given-back") progress.handled(spec.name, taken.position);
      } catch (error) {
        if (isEnding()) return;
        watch.failed(spec, error);
        await environment.timers.sleep(pauseAfter(failures, environment.random), signal).catch(() => undefined);
        failures += 1;
      }
    }
  };

  const all = async (): Promise<void> => {
    await Promise.all([...specs.map(work), progress.ended]);
  };
  return { position: () => progress.position(), troubles: () => watch.troubles(), ended: all() };
};
