import { join } from "node:path";
import type { Decoder } from "@safar/contracts";
import { createEmbeddedEventBus, type EventBus } from "@safar/event-bus";
import { openEmbeddedEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { embeddedVaultExists, loadOrCreateMasterKey, openEmbeddedVault, type Vault } from "@safar/vault";
import type { Logger } from "pino";
import { diskTroubleOf, type WriteTroubles } from "../observability/write-troubles.ts";
import type { DataFolder } from "../process/data-folder.ts";
import { decoderOfEverything } from "../runtime/create-kit.ts";
import type { Settings } from "../settings.ts";

/** The ports of one process, opened on the adapters that the settings name. */
export interface Adapters {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly bus: EventBus;
  readonly decoder: Decoder;
  /** In the reverse order of opening. */
  close(): Promise<void>;
}

/** What adapters are opened with. */
export interface AdapterOptions {
  readonly settings: Settings;
  readonly folder: DataFolder;
  /** Who consumes events in this process. */
  readonly services: readonly string[];
  readonly environment: Environment;
  readonly log: Logger;
  readonly writes: WriteTroubles;
  /** An adapter cannot go on in this process: it has to end and be started again. */
  readonly onFatal: (error: Error) => void;
}

const masterKeyOf = async (
  { folder, environment, log }: AdapterOptions,
  vaultExists: () => Promise<boolean>,
): Promise<Uint8Array> => {
  const { key, created } = await loadOrCreateMasterKey(folder.masterKey, environment, vaultExists);
  if (created)
    log.warn(
      { file: folder.masterKey },
      "a master key was made; keep a copy apart from the data: without it nothing personal can be read",
    );
  return key;
};

// The cluster's adapters are loaded only where they are used: one node needs neither their code nor their time.

/** Says of each append to the log on this disk whether it could be written. */
const watched = (store: EventStore, writes: WriteTroubles): EventStore => ({
  ...store,
  async append(...given) {
    try {
      const appended = await store.append(...given);
      writes.succeeded("log");
      return appended;
    } catch (error) {
      if (diskTroubleOf(error) !== undefined) writes.failed("log", error);
      throw error;
    }
  },
});

const openStore = async (options: AdapterOptions): Promise<EventStore> => {
  const { settings, folder, environment, log, writes, onFatal } = options;
  const { EVENTSTORE_URL: url } = settings;
  if (url === undefined) {
    const report = (problem: unknown): void => {
      log.error({ err: problem }, "the log had trouble; it goes on by itself");
    };
    return watched(await openEmbeddedEventStore({ folder: folder.log, environment, report }), writes);
  }
  const { openEventStoreDb } = await import("@safar/event-store/eventstoredb");
  const report = (problem: unknown): void => {
    log.warn({ err: problem }, "trouble with EventStoreDB");
  };
  return openEventStoreDb({ url, environment, report, onFatal });
};

/** Of a process that runs several services. */
const ALL_SERVICES = "safar";

/** By which other servers know the process. */
const nameOf = ({ services: [first = ALL_SERVICES, ...others] }: AdapterOptions): string =>
  others.length === 0 ? first : ALL_SERVICES;

const openVault = async (options: AdapterOptions): Promise<Vault> => {
  const { settings, folder, environment, log, writes } = options;
  const { VAULT_URL: url, FILES_URL: filesUrl } = settings;
  if (url === undefined || filesUrl === undefined) {
    const masterKey = await masterKeyOf(options, () => Promise.resolve(embeddedVaultExists(folder.vault)));
    const onWrite = (failure: unknown): void => {
      if (failure === undefined) writes.succeeded("vault");
      else if (diskTroubleOf(failure) !== undefined) writes.failed("vault", failure);
    };
    return openEmbeddedVault({ folder: folder.vault, masterKey, environment, onWrite });
  }
  const { openPostgresVault, postgresVaultExists } = await import("@safar/vault/postgres");
  const masterKey = await masterKeyOf(options, () => postgresVaultExists(url));
  return openPostgresVault({ url, filesUrl, masterKey, environment, log, name: nameOf(options) });
};

const openBus = async (options: AdapterOptions, store: EventStore, decoder: Decoder): Promise<EventBus> => {
  const { settings, folder, environment, log, onFatal } = options;
  const { NATS_URL: url, NATS_CREDS_FILE: credsFile, NATS_CA_FILE: caFile } = settings;
  const { NATS_CERT_FILE: certFile, NATS_KEY_FILE: keyFile } = settings;
  if (url === undefined) {
    const file = join(folder.readModels, "consumers.sqlite");
    return createEmbeddedEventBus({ store, decoder, file, environment, log });
  }
  const { IMPORTED_API, openJetStreamEventBus } = await import("@safar/event-bus/jetstream");
  return openJetStreamEventBus({
    url,
    // Whoever has credentials is a user of the account APP, which imports JetStream's doors from LOG (infra/nats).
    ...(credsFile === undefined ? {} : { credsFile, apiPrefix: IMPORTED_API }),
    ...(certFile === undefined ? {} : { certFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
    ...(caFile === undefined ? {} : { caFile }),
    service: nameOf(options),
    store,
    decoder,
    environment,
    log,
    onFatal,
  });
};

/** Opens log, vault and bus. What was opened is closed again when one of them cannot be. */
export const openAdapters = async (options: AdapterOptions): Promise<Adapters> => {
  const opened: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const store = await openStore(options);
    opened.push(() => store.close());
    const vault = await openVault(options);
    opened.push(() => vault.close());
    const decoder = decoderOfEverything();
    const bus = await openBus(options, store, decoder);
    opened.push(() => bus.close());
    return { store, vault, bus, decoder, close };
  } catch (error) {
    await close();
    throw error;
  }
};
