import type { Decoder } from "@safar/contracts";
import { durablesOf, runRelay, subscriberDurable, type Relay } from "@safar/event-bus";
import { openJetStream, type NatsSettings, type StreamLimits } from "@safar/event-bus/jetstream";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { Logger } from "pino";
import { openDoors } from "./doors.ts";

export interface RelayProcessOptions extends Omit<NatsSettings, "name" | "apiPrefix"> {
  /** The opened log; closed by who opened it. */
  readonly store: EventStore;
  /** Knows every category of the log. */
  readonly decoder: Decoder;
  /** Services with reactions, as in paths: `visa-docs`. */
  readonly services: readonly string[];
  /** Names of durable subscribers outside. */
  readonly subscribers: readonly string[];
  readonly limits: StreamLimits;
  /** Where health and metrics are asked for. */
  readonly host: string;
  readonly port: number;
  readonly environment: Environment;
  readonly log: Logger;
  /** NATS lets the relay in no more, or its doors cannot be opened: the process should end. */
  readonly onFatal: (error: Error) => void;
}

/** The relay at work. */
export interface RelayProcess {
  /** Of health and metrics: `http://127.0.0.1:8081`. */
  readonly address: string;
  status: Relay["status"];
  /** Lets what is under way settle, and ends. */
  stop(): Promise<void>;
}

/** Starts the relay. Of several, one works and the others stand by. */
export const startRelay = async (options: RelayProcessOptions): Promise<RelayProcess> => {
  const { store, decoder, services, subscribers, environment, log, onFatal } = options;
  const jetstream = openJetStream({ ...options, name: "relay", limits: options.limits, environment, log, onFatal });
  const stopping = new AbortController();
  const relay = runRelay({
    store,
    decoder,
    stream: jetstream.stream,
    durables: [
      ...services.flatMap((service) => durablesOf(`${service}-reactions`)),
      ...subscribers.map((name) => subscriberDurable(name)),
    ],
    environment,
    log,
    signal: stopping.signal,
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await relay.ended;
    await jetstream.close();
  };
  try {
    const doors = await openDoors({ ...options, relay, jetstream });
    return {
      address: doors.address,
      status: () => relay.status(),
      async stop() {
        await doors.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
