import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { BusLog, EventBus } from "../port.ts";
import { createRuns } from "../runs.ts";
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
  const runs = createRuns<Run>(decoder, (consumer, signal) =>
    createRun({ consumer, store, decoder, environment, log, checkpoints, signal }),
  );
  let isClosed = false;
  return {
    consume: (consumer, signal) => runs.consume(consumer, signal),
    progress: (durable) => (isClosed ? undefined : (runs.of(durable)?.position() ?? checkpoints.load(durable))),
    async check() {
      runs.assertOpen();
    },
    status: () => ({ isConnected: !isClosed, troubles: [], foreign: 0, denied: 0 }),
    close() {
      isClosed = true;
      return runs.close(() => checkpoints.close());
    },
  };
};
