import { existsSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE, openEmbeddedEventStore, type EventStore } from "@safar/event-store";
import { migrateLog, type MoveResult } from "@safar/event-store/eventstoredb";
import type { Environment } from "@safar/kernel";
import { markMoved, type DataFolder } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { loadOrCreateMasterKey } from "@safar/vault";
import { openVaultMove, type MoveReport, type VaultMove } from "@safar/vault/postgres";

/** Where the data of one node goes. */
export interface Destination {
  readonly eventStoreUrl: string;
  readonly vaultUrl: string;
  readonly filesUrl: string;
}

export interface Moved {
  readonly log: MoveResult;
  readonly vault: MoveReport;
}

/** How far a part of the move has come. */
export type OnProgress = (part: string, done: number, total: number) => void;

interface Moving {
  readonly from: DataFolder;
  readonly to: Destination;
  readonly environment: Environment;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Nobody else opens the node's vault until it is closed. */
const openVault = async ({ from, to, environment, onProgress, signal }: Moving): Promise<VaultMove> => {
  const { key } = await loadOrCreateMasterKey(from.masterKey, environment, () => Promise.resolve(true));
  return openVaultMove({
    from: from.vault,
    masterKey: key,
    to: to.vaultUrl,
    filesUrl: to.filesUrl,
    environment,
    signal,
    onProgress: ({ part, copied, total }) => {
      onProgress(part, copied, total);
    },
  });
};

/**
 * The key of every person in the log is there before the log is, and no process of the cluster opens the vault before
 * the log is there whole: so a node that was started again between two tries is moved with all that it did. Last of
 * all the node's folder is marked, then the log is declared whole, then the vault is opened: whatever dies in between,
 * never can both go on.
 */
const moveAll = async (moving: Moving, source: EventStore, vaultMove: VaultMove): Promise<Moved> => {
  const { from, to, environment, onProgress, signal } = moving;
  const total = Number(await source.head());
  const vault = await vaultMove.bringUp();
  const log = await migrateLog({
    from: source,
    to: to.eventStoreUrl,
    environment,
    signal,
    mayCopy: !vaultMove.isInUse,
    beforeCompletion: () => mark(from, environment),
    onProgress: ({ phase, position }) => {
      onProgress(phase === "copying" ? "log copied" : "log verified", Number(position), total);
    },
  });
  await vaultMove.finish();
  return { log, vault };
};

const mark = (from: DataFolder, environment: Environment): void => {
  try {
    markMoved(from, environment);
  } catch (error) {
    throw new NotDone(
      `All is copied, but ${from.root} cannot be marked as moved, so a node could go on with it (${String(error)}): let this user write there, and repeat the command.`,
    );
  }
};

/**
 * Moves the data of a node that is stopped to the cluster's servers. Broken off it goes on from there; done once more
 * it only compares. The node's log and vault are held meanwhile, so that nothing is started on them.
 * @throws NotDone, and what the parts throw
 */
export const moveData = async (moving: Moving): Promise<Moved> => {
  const { from, environment } = moving;
  if (!existsSync(join(from.log, LOG_FILE)) || !existsSync(from.masterKey))
    throw new NotDone(`${from.root} holds no log with its master key: --from names the folder of a single node.`);
  const source = await openEmbeddedEventStore({ folder: from.log, environment });
  try {
    const vault = await openVault(moving);
    try {
      return await moveAll(moving, source, vault);
    } finally {
      await vault.close();
    }
  } finally {
    await source.close();
  }
};
