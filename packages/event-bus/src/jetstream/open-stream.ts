import type { Environment } from "@safar/kernel";
import type { LifecycleStream } from "../lifecycle/port.ts";
import type { BusLog } from "../port.ts";
import { openConnection } from "./connection.ts";
import { inboxPrefixOf, type NatsSettings } from "./settings.ts";
import type { StreamLimits } from "./shapes.ts";
import { createJetStreamStream } from "./stream.ts";

export interface JetStreamOptions extends Omit<NatsSettings, "name"> {
  /** Default: `relay`. */
  readonly name?: string;
  readonly limits: StreamLimits;
  readonly environment: Environment;
  readonly log: BusLog;
  readonly onFatal: (error: Error) => void;
}

/** The relay's stream at NATS, with its connection. */
export interface JetStream {
  readonly stream: LifecycleStream;
  denied(): number;
  close(): Promise<void>;
}

/** Returns at once and connects by itself; until then every call fails as `away`. */
export const openJetStream = (options: JetStreamOptions): JetStream => {
  const { name = "relay", environment, limits, log, onFatal } = options;
  const connection = openConnection({ settings: { ...options, name }, environment, log, onFatal });
  const stream = createJetStreamStream({
    connection,
    environment,
    limits,
    inboxPrefix: inboxPrefixOf(name),
    apiPrefix: options.apiPrefix,
  });
  return {
    stream,
    denied: () => connection.denied(),
    async close() {
      stream.close();
      await connection.close();
    },
  };
};
