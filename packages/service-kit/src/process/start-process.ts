import { join } from "node:path";
import type { Environment } from "@safar/kernel";
import type { Logger } from "pino";
import { openAdapters } from "../adapters/open-adapters.ts";
import { signInDoors } from "../auth/sign-in.ts";
import { createMetrics } from "../observability/metrics.ts";
import { createWriteTroubles } from "../observability/write-troubles.ts";
import { openTokens } from "../auth/tokens.ts";
import { createKit } from "../runtime/create-kit.ts";
import type { Kit } from "../runtime/kit.ts";
import { startNode, type RunningNode } from "../runtime/start-node.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import type { Settings } from "../settings.ts";
import { dataFolderAt, prepareDataFolder, tryDiskOf } from "./data-folder.ts";
import { refuseMoved } from "./moved-folder.ts";
import { VERSION } from "./version.ts";

/** Services at work in this process, on whichever adapters the settings name. */
export interface RunningProcess {
  readonly address: string;
  readonly node: RunningNode;
  readonly kit: Kit;
  /** Stops taking, finishes what is under way, closes everything. */
  stop(): Promise<void>;
}

/** What a process that runs services is started with. */
export interface ProcessOptions {
  /** One service, or all of them behind one origin. */
  readonly services: readonly ServiceDefinition[];
  readonly settings: Settings;
  readonly environment: Environment;
  readonly log: Logger;
  /** Shows the sign-in page with one invented person per role. */
  readonly demo?: boolean;
  /** An adapter cannot go on in this process: it has to end and be started again. */
  readonly onFatal: (error: Error) => void;
}

/** Opens the adapters and starts the services behind one origin. What was opened is closed again when it fails. */
export const startProcess = async (options: ProcessOptions): Promise<RunningProcess> => {
  const { services, settings, environment, log, demo = false, onFatal } = options;
  const folder = dataFolderAt(settings);
  refuseMoved(folder, settings);
  prepareDataFolder(folder);
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const names = services.map(({ name }) => name);
    const metrics = createMetrics();
    const writes = createWriteTroubles({ metrics, log });
    const adapters = await openAdapters({ settings, folder, services: names, environment, log, writes, onFatal });
    opened.push(() => adapters.close());
    // Once more, now that log and vault are held: a move that held them may have ended in between.
    refuseMoved(folder, settings);
    const { store, vault, bus, decoder } = adapters;
    const readModelFile = (service: string): string => join(folder.readModels, `${service}.sqlite`);
    const watch = { metrics, writes };
    const tryDisk = tryDiskOf(folder);
    const kit = createKit({ environment, store, vault, bus, decoder, log, readModelFile, watch, tryDisk });
    const tokens = await openTokens({ settings, dataFolder: folder.root, environment });
    opened.push(() => tokens.close());
    const showsPage = services.some((service) => service.showsPage);
    const node = await startNode({
      kit,
      services,
      verify: tokens.verify,
      host: settings.SAFAR_HOST,
      port: settings.SAFAR_PORT,
      version: VERSION,
      proxies: settings.SAFAR_PROXIES,
      ...(showsPage ? { doors: signInDoors({ settings, tokens, environment, demo }) } : {}),
    });
    opened.push(() => node.stop());
    return { address: node.address, node, kit, stop: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
};
