import { join } from "node:path";
import { createEmbeddedEventBus } from "@safar/event-bus";
import { openEmbeddedEventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import {
  createKit,
  decoderOfEverything,
  openTokens,
  signInDoors,
  startNode,
  type Kit,
  type RunningNode,
  type Settings,
} from "@safar/service-kit";
import { loadOrCreateMasterKey, openEmbeddedVault } from "@safar/vault";
import type { Logger } from "pino";
import { dataFolderAt, prepareDataFolder } from "./data-folder.ts";
import { services } from "./services.ts";
import { VERSION } from "./version.ts";

export interface SingleNode {
  readonly address: string;
  readonly node: RunningNode;
  readonly kit: Kit;
  stop(): Promise<void>;
}

/** Opens the data folder, starts every service behind one origin. What was opened is closed again when it fails. */
export const startSingleNode = async (options: {
  readonly settings: Settings;
  readonly environment: Environment;
  readonly log: Logger;
  /** Shows the sign-in page with one invented person per role. */
  readonly demo?: boolean;
}): Promise<SingleNode> => {
  const { settings, environment, log, demo = false } = options;
  const folder = dataFolderAt(settings.SAFAR_DATA, settings.SAFAR_MASTER_KEY_FILE);
  prepareDataFolder(folder);
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const { key, created } = await loadOrCreateMasterKey(folder.masterKey, environment);
    if (created)
      log.warn(
        { file: folder.masterKey },
        "a master key was made; keep a copy apart from the data: without it nothing personal can be read",
      );
    const report = (problem: unknown): void => {
      log.error({ err: problem }, "the log had trouble; it goes on by itself");
    };
    const store = await openEmbeddedEventStore({ folder: folder.log, environment, report });
    opened.push(() => store.close());
    const vault = await openEmbeddedVault({ folder: folder.vault, masterKey: key, environment });
    opened.push(() => vault.close());
    const decoder = decoderOfEverything(services.map(({ name }) => name));
    const bus = createEmbeddedEventBus({
      store,
      decoder,
      file: join(folder.readModels, "consumers.sqlite"),
      environment,
      log,
    });
    opened.push(() => bus.close());
    const readModelFile = (service: string): string => join(folder.readModels, `${service}.sqlite`);
    const kit = createKit({ environment, store, vault, bus, decoder, log, readModelFile });
    const tokens = await openTokens({ settings, dataFolder: folder.root, environment });
    opened.push(() => tokens.close());
    const node = await startNode({
      kit,
      services,
      verify: tokens.verify,
      host: settings.SAFAR_HOST,
      port: settings.SAFAR_PORT,
      version: VERSION,
      doors: signInDoors({ settings, tokens, environment, demo }),
    });
    opened.push(() => node.stop());
    return { address: node.address, node, kit, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
};
