import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { BusLog, EventBus } from "../port.ts";
import { createRuns } from "../runs.ts";
import type { DurableReader } from "./port.ts";
import { startRun, type Run } from "./run.ts";
import { ACK_WAIT_MS } from "./subjects.ts";
import { createToldTroubles } from "./told-troubles.ts";

export interface LifecycleBusOptions {
  readonly reader: DurableReader;
  /** Where the events themselves are read. */
  readonly store: EventStore;
  /** Knows every category that is consumed. */
  readonly decoder: Decoder;
  readonly environment: Environment;
  readonly log?: BusLog;
  /** As the relay made the durables. Default: `ACK_WAIT_MS`. */
  readonly ackWaitMs?: number;
}

/** An event bus whose consumers read the stream that the relay writes, whichever broker holds it. */
export const createLifecycleBus = (options: LifecycleBusOptions): EventBus => {
  const { reader, store, decoder, environment, ackWaitMs = ACK_WAIT_MS } = options;
  const log: BusLog = options.log ?? { warn: () => undefined };
  let foreign = 0;
  const onForeign = (): void => void (foreign += 1);
  const told = createToldTroubles({ environment, log });
  const runs = createRuns<Run>(decoder, (consumer, signal) =>
    startRun({ consumer, reader, store, decoder, environment, log, told, ackWaitMs, onForeign, signal }),
  );
  return {
    consume: (consumer, signal) => runs.consume(consumer, signal),
    progress: (durable) => runs.of(durable)?.position(),
    async check() {
      runs.assertOpen();
      await reader.check();
    },
    status: () => ({ ...reader.connection(), troubles: runs.all().flatMap((run) => run.troubles()), foreign }),
    close: () =>
      runs.close(() => {
        told.close();
        return reader.close();
      }),
  };
};
