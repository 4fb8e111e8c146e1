import { Server, ServerCredentials } from "@grpc/grpc-js";
import { openEmbeddedEventStore, openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { answerAppend } from "./appending/append.ts";
import { createAppender } from "./appending/appender.ts";
import { answerBatchAppend } from "./appending/batch-append.ts";
import { answerGossip } from "./gossip.ts";
import { loadServices } from "./protocol/services.ts";
import { answerRead } from "./reading/read.ts";
import { answerSupportedMethods } from "./server-features.ts";

/** EventStoreDB takes records of 16 MiB less some overhead; a larger message ends its call. */
const MAX_MESSAGE_BYTES = 16 * 1_048_576 - 10_000;

export interface LocalEventStoreDbOptions {
  readonly environment: Environment;
  /** Where the log lies. Absent: in memory, and lost with the process. */
  readonly folder?: string;
  /** Loopback only: there is neither encryption nor are there users. */
  readonly host?: "127.0.0.1";
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Told of trouble that no caller hears of. */
  readonly report?: (problem: unknown) => void;
}

export interface LocalEventStoreDb {
  /** For `EventStoreDBClient.connectionString`. */
  readonly url: string;
  readonly port: number;
  /** Appends under way are finished, subscriptions are cut off. */
  stop(): Promise<void>;
}

const openStore = ({ environment, folder, report }: LocalEventStoreDbOptions): Promise<EventStore> =>
  folder === undefined
    ? Promise.resolve(openMemoryEventStore({ environment }))
    : openEmbeddedEventStore({ folder, environment, ...(report && { report }) });

/** @throws LogFileRefused, or an error with the system's code where the port is taken or the folder not writable. */
export const startLocalEventStoreDb = async (options: LocalEventStoreDbOptions): Promise<LocalEventStoreDb> => {
  const { environment, host = "127.0.0.1" } = options;
  const store = await openStore(options);
  let port = options.port ?? 0;
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": -1,
  });
  const services = loadServices();
  const append = createAppender(store);
  server.addService(services.streams, {
    read: answerRead({ store, environment }),
    append: answerAppend(append),
    batchAppend: answerBatchAppend({ append, timers: environment.timers }),
  });
  server.addService(services.serverFeatures, { getSupportedMethods: answerSupportedMethods });
  server.addService(services.gossip, { read: answerGossip({ environment, address: () => ({ address: host, port }) }) });
  port = await bind(server, host, port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await store.close();
    server.forceShutdown();
  };
  return { url: `esdb://${host}:${port}?tls=false`, port, stop: () => (stopping ??= stop()) };
};

const bind = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
