import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { BusLog, Consumer, EventBus } from "../port.ts";
import { assertPublished } from "../published.ts";
import { openCheckpoints } from "./checkpoints.ts";
import { createRun, type Run } from "./run.ts";

export interface EmbeddedEventBusOptions {
  readonly store: EventStore;
  /** Knows every category that is consumed. */
  readonly decoder: Decoder;
  /** Path of the SQLite file with the consumers' progress; its folder exists. `:memory:` keeps nothing. */
  readonly file: string;
  readonly environment: Environment;
  readonly log?: BusLog;
}

/** An event bus without a broker: every consumer tails the log itself. One process per file. */
export const createEmbeddedEventBus = (options: EmbeddedEventBusOptions): EventBus => {
  const { store, decoder, environment } = options;
  const log: BusLog = options.log ?? { warn: () => undefined };
  const checkpoints = openCheckpoints(options.file, (error) => {
    log.warn({ err: error, file: options.file }, "the consumers' progress is damaged; all events are handed out again");
  });
  const runs = new Map<string, Run>();
  const closing = new AbortController();

  const consume = async (consumer: Consumer, signal: AbortSignal): Promise<void> => {
    if (closing.signal.aborted) throw new Error("the event bus is closed");
    if (runs.has(consumer.durable)) throw new Error(`${consumer.durable} is consumed already`);
    assertPublished(consumer, decoder);
    const ending = AbortSignal.any([signal, closing.signal]);
    const run = createRun({ consumer, store, decoder, environment, log, checkpoints, signal: ending });
    runs.set(consumer.durable, run);
    try {
      await run.ended;
    } finally {
      runs.delete(consumer.durable);
    }
  };

  let closed: Promise<void> | undefined;
  const closeOnce = async (): Promise<void> => {
    closing.abort();
    await Promise.all([...runs.values()].map((run) => run.ended));
    checkpoints.close();
  };
  return {
    consume,
    progress: (durable) => {
      if (closed) return undefined;
      return runs.get(durable)?.position() ?? checkpoints.load(durable);
    },
    async check() {
      if (closing.signal.aborted) throw new Error("the event bus is closed");
    },
    close: () => (closed ??= closeOnce()),
  };
};
