import type { Logger } from "pino";
import { createEmbeddedEventBus } from "@safar/event-bus";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { Vault } from "@safar/vault";
import {
  createKit,
  decoderOfEverything,
  startNode,
  type LocalIssuer,
  type ServiceDefinition,
} from "../../src/index.ts";

/** One node with one service, on a log and a vault that others may have too; they are not closed with it. */
export const startOne = async (of: {
  readonly environment: Environment;
  /** Of the bus; default: the node's own. */
  readonly busEnvironment?: Environment;
  readonly service: ServiceDefinition;
  readonly store: EventStore;
  /** The log as the service's tables and commands see it; default: as it is. */
  readonly seen?: EventStore;
  readonly vault: Vault;
  readonly log: Logger;
  readonly issuer: LocalIssuer;
  /** Default: a free one. */
  readonly port?: number;
}) => {
  const { environment, busEnvironment = environment, service, store, seen = store, vault, log, issuer, port = 0 } = of;
  const decoder = decoderOfEverything([service.name]);
  const bus = createEmbeddedEventBus({ store, decoder, file: ":memory:", environment: busEnvironment });
  const kit = createKit({ environment, store: seen, vault, bus, decoder, log, readModelFile: () => ":memory:" });
  const node = await startNode({
    kit,
    services: [service],
    verify: (token) => issuer.authenticate(token),
    host: "127.0.0.1",
    port,
    version: "test",
  });
  return {
    kit,
    node,
    async stop(): Promise<void> {
      await node.stop();
      await bus.close();
    },
  };
};
