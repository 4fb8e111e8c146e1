import { openEmbeddedEventStore, openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { listen, MAX_MESSAGE_BYTES, type Certificate } from "./grpc-server.ts";
import { answerAppend } from "./appending/append.ts";
import { createAppender, type Appender } from "./appending/appender.ts";
import { answerBatchAppend } from "./appending/batch-append.ts";
import { answerGossip } from "./gossip.ts";
import { LIVE_GRACE_MS } from "./reading/live-delivery.ts";
import { answerRead } from "./reading/read.ts";
import { answerSupportedMethods } from "./server-features.ts";
import { createGuard, guarded, type LocalUser, type Rights } from "./users.ts";

export interface LocalEventStoreDbOptions {
  readonly environment: Environment;
  /** Where the log lies. Absent: in memory, and lost with the process. */
  readonly folder?: string;
  /** Loopback only: it stands in for a server, and is none. */
  readonly host?: "127.0.0.1";
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Absent: no encryption, as EventStoreDB with `--insecure`. */
  readonly certificate?: Certificate;
  /** Absent: everybody may do everything. */
  readonly users?: readonly LocalUser[];
  /** How long a live subscriber may leave its buffer full before it is dropped; 0: not at all. Default: 20. */
  readonly liveGraceMs?: number;
  /** Told of trouble that no caller hears of. */
  readonly report?: (problem: unknown) => void;
}

export interface LocalEventStoreDb {
  /** For `EventStoreDBClient.connectionString`; user, password and authority are to be added where they are needed. */
  readonly url: string;
  readonly port: number;
  /** Appends under way are answered, then every call ends as when EventStoreDB stops. */
  stop(): Promise<void>;
}

const openStore = async ({ environment, folder, report }: LocalEventStoreDbOptions): Promise<EventStore> => {
  const options = { environment, maxAppendBytes: MAX_MESSAGE_BYTES };
  if (folder === undefined) return openMemoryEventStore(options);
  return openEmbeddedEventStore({ ...options, folder, ...(report && { report }) });
};

/** Batches and single appends alike are taken from everybody, and answered by this to those who may not append. */
const deny: Appender = () => Promise.resolve({ kind: "denied" });

/** @throws LogFileRefused, CannotListen, or an error with the system's code where the folder is not writable. */
export const startLocalEventStoreDb = async (options: LocalEventStoreDbOptions): Promise<LocalEventStoreDb> => {
  const { environment, host = "127.0.0.1", port: wanted = 0, liveGraceMs = LIVE_GRACE_MS } = options;
  const { timers } = environment;
  const store = await openStore(options);
  const stopper = new AbortController();
  const stopping = stopper.signal;
  const append = createAppender(store);
  const guard = createGuard(options.users);
  const appenderFor = (rights: Rights): Appender => (rights === "append" ? append : deny);
  const read = answerRead({ store, environment, liveGraceMs, stopping });
  const { certificate } = options;
  const listening = await listen({ host, port: wanted, timers, certificate }, (address) => ({
    streams: {
      read: guarded(guard, (rights) => (rights === "ask" ? "denied" : read)),
      append: guarded(guard, (rights) => answerAppend(appenderFor(rights))),
      batchAppend: guarded(guard, (rights) => answerBatchAppend({ append: appenderFor(rights), timers, stopping })),
    },
    serverFeatures: { getSupportedMethods: guarded(guard, () => answerSupportedMethods) },
    gossip: { read: guarded(guard, () => answerGossip({ environment, address })) },
  })).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopper.abort();
    await listening.close();
    await store.close();
  };
  const { port } = listening;
  return { url: `esdb://${host}:${port}?tls=${certificate !== undefined}`, port, stop: () => (stopped ??= stop()) };
};
