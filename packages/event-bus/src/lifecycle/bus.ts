import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { BusLog, Consumer, EventBus } from "../port.ts";
import { assertPublished } from "../published.ts";
import type { DurableReader } from "./port.ts";
import { startRun, type Run } from "./run.ts";
import { ACK_WAIT_MS } from "./subjects.ts";

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

/** What an operator should look at. */
export interface LifecycleBusStatus {
  /** Durables that are consumed here and that the relay has not made. */
  readonly missing: readonly string[];
  /** Messages that were passed over, since they are none of the relay's or the log knows nothing of them. */
  readonly foreign: number;
}

/** An event bus whose consumers read the stream that the relay writes, whichever broker holds it. */
export interface LifecycleBus extends EventBus {
  status(): LifecycleBusStatus;
}

export const createLifecycleBus = (options: LifecycleBusOptions): LifecycleBus => {
  const { reader, store, decoder, environment, ackWaitMs = ACK_WAIT_MS } = options;
  const log: BusLog = options.log ?? { warn: () => undefined };
  const runs = new Map<string, Run>();
  const closing = new AbortController();
  let foreign = 0;

  const consume = async (consumer: Consumer, signal: AbortSignal): Promise<void> => {
    if (closing.signal.aborted) throw new Error("the event bus is closed");
    if (runs.has(consumer.durable)) throw new Error(`${consumer.durable} is consumed already`);
    assertPublished(consumer, decoder);
    const ending = AbortSignal.any([signal, closing.signal]);
    const onForeign = (): void => void (foreign += 1);
    const run = startRun({ consumer, reader, store, decoder, environment, log, ackWaitMs, onForeign, signal: ending });
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
    await reader.close();
  };
  return {
    consume,
    progress: (durable) => runs.get(durable)?.position(),
    async check() {
      if (closing.signal.aborted) throw new Error("the event bus is closed");
      await reader.check();
    },
    close: () => (closed ??= closeOnce()),
    status: () => ({ missing: [...runs.values()].flatMap((run) => run.missing()), foreign }),
  };
};
