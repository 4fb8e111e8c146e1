import { existsSync } from "node:fs";
import { join } from "node:path";
import { LOG_FILE, openEmbeddedEventStore } from "@safar/event-store";
import { migrateLog, type MoveResult } from "@safar/event-store/eventstoredb";
import type { Environment } from "@safar/kernel";
import type { DataFolder } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { loadOrCreateMasterKey, VaultNotOpened } from "@safar/vault";
import { migrateVault, type MoveReport } from "@safar/vault/postgres";

/** Where the data of one node goes. */
export interface Destination {
  readonly eventStoreUrl: string;
  readonly vaultUrl: string;
  readonly filesUrl: string;
}

export interface Moved {
  readonly log: MoveResult;
  /** Absent: it had been moved before. */
  readonly vault?: MoveReport;
}

/** How far a part of the move has come. */
export type OnProgress = (part: string, done: number, total: number) => void;

/** @throws VaultNotOpened, VaultUnavailable; undefined where it was moved before, whole and compared */
const moveVault = async (
  from: DataFolder,
  to: Destination,
  options: { readonly environment: Environment; readonly onProgress: OnProgress; readonly signal: AbortSignal },
): Promise<MoveReport | undefined> => {
  const { environment, onProgress, signal } = options;
  const { key } = await loadOrCreateMasterKey(from.masterKey, environment, () => Promise.resolve(true));
  try {
    return await migrateVault({
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
  } catch (error) {
    if (error instanceof VaultNotOpened && error.reason === "in-use") return undefined;
    throw error;
  }
};

/**
 * Moves the data of a node that is stopped to the cluster's servers: the vault first, so that the key of every person
 * in the log is there before the log is. Broken off it goes on from there; done once more it only verifies.
 * @throws NotDone, and what the parts throw
 */
export const moveData = async (options: {
  readonly from: DataFolder;
  readonly to: Destination;
  readonly environment: Environment;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}): Promise<Moved> => {
  const { from, to, environment, onProgress, signal } = options;
  if (!existsSync(join(from.log, LOG_FILE)) || !existsSync(from.masterKey))
    throw new NotDone(`${from.root} holds no log with its master key: --from names the folder of a single node.`);
  // Held while it is moved, so that nothing is started on it meanwhile.
  const source = await openEmbeddedEventStore({ folder: from.log, environment });
  try {
    const total = Number(await source.head());
    const vault = await moveVault(from, to, { environment, onProgress, signal });
    const log = await migrateLog({
      from: source,
      to: to.eventStoreUrl,
      environment,
      signal,
      onProgress: ({ phase, position }) => {
        onProgress(phase === "copying" ? "log copied" : "log verified", Number(position), total);
      },
    });
    return { log, ...(vault === undefined ? {} : { vault }) };
  } finally {
    await source.close();
  }
};
