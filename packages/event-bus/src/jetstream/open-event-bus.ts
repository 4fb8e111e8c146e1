import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { createLifecycleBus } from "../lifecycle/bus.ts";
import type { BusLog, EventBus } from "../port.ts";
import { openConnection } from "./connection.ts";
import { createJetStreamReader } from "./reader.ts";
import { inboxPrefixOf, type NatsSettings } from "./settings.ts";

export interface JetStreamEventBusOptions extends Omit<NatsSettings, "name"> {
  /** Whose process it is, as in `visa-docs`: the name of the connection and of its inbox. */
  readonly service: string;
  /** Where the events themselves are read. */
  readonly store: EventStore;
  /** Knows every category that is consumed. */
  readonly decoder: Decoder;
  readonly environment: Environment;
  readonly log: BusLog;
  /** NATS lets this process in no more: it should end, and be started anew. */
  readonly onFatal: (error: Error) => void;
  /** As the relay makes the durables. Default: `ACK_WAIT_MS`. */
  readonly ackWaitMs?: number;
}

/**
 * The event bus of a process of the cluster. It returns at once and connects by itself; until then nothing is
 * consumed, and `check` says why. @throws where the address or a file cannot be used
 */
export const openJetStreamEventBus = (options: JetStreamEventBusOptions): EventBus => {
  const { service, store, decoder, environment, log, onFatal, ackWaitMs } = options;
  const connection = openConnection({ settings: { ...options, name: service }, environment, log, onFatal });
  const reader = createJetStreamReader({
    connection,
    environment,
    inboxPrefix: inboxPrefixOf(service),
    apiPrefix: options.apiPrefix,
  });
  return createLifecycleBus({
    reader,
    store,
    decoder,
    environment,
    log,
    ...(ackWaitMs !== undefined && { ackWaitMs }),
  });
};
