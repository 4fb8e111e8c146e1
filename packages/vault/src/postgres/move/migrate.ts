import type { Environment } from "@safar/kernel";
import { createKeyWrapping } from "../../wrapping.ts";
import { databaseConfig, filesAddress } from "../address.ts";
import { openConnections, type Connections } from "../connections.ts";
import { silent } from "../log.ts";
import { createLooseObjects } from "../loose-objects.ts";
import { checkMark } from "../mark.ts";
import { openObjectStore, type ObjectStore } from "../object-store.ts";
import { checkInUse } from "./check-in-use.ts";
import { copyFiles } from "./copy-files.ts";
import { copyRows } from "./copy-rows.ts";
import { ROWS_PARTS, type MovedPart } from "./parts.ts";
import { prepareTarget } from "./prepare-target.ts";
import { removeFiles } from "./remove-files.ts";
import { repeatErasures } from "./repeat-erasures.ts";
import { compareRows } from "./rows.ts";
import { openSource, type Source } from "./source.ts";

export interface MoveOptions {
  /** The folder of an embedded vault that nobody has open, or of a backup of one. It is left as it is. */
  readonly from: string;
  /** Of the vault that is moved; it stays the same. */
  readonly masterKey: Uint8Array;
  /** An empty database, or one that this vault is being or was moved to. */
  readonly to: string;
  /** A place in the file store where nothing else is. */
  readonly filesUrl: string;
  readonly environment: Environment;
  readonly onProgress?: (progress: MoveProgress) => void;
  /** Breaks the move off; repeated, it goes on from there. */
  readonly signal?: AbortSignal;
}

export interface MoveProgress {
  readonly part: MovedPart;
  /** So many copied by this run, of so many altogether. */
  readonly copied: number;
  readonly total: number;
}

export interface MoveReport {
  /** The target is in use: nothing was copied, but what lasts was compared. */
  readonly isInUse: boolean;
  readonly total: Readonly<Record<MovedPart, number>>;
  /** Names of files that the folder had lost before; everything else is there, and was compared. */
  readonly missingFiles: readonly string[];
}

/** A move under way. Until it is closed nobody else opens the source. */
export interface VaultMove {
  /** Whether the target was opened for use by an earlier run: it is not written any more. */
  readonly isInUse: boolean;
  /**
   * Copies what the target lacks, and erases whom the node has erased since an earlier try; then compares everything.
   * @throws VaultNotOpened where the source has gone on since its vault is in use, or is older than at an earlier try
   */
  bringUp(): Promise<MoveReport>;
  /** From now on every process may open the new vault. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Begins or goes on with a move, or comes back to one that is complete.
 * @throws VaultNotOpened for a target that holds something else, VaultUnavailable
 */
export const openVaultMove = async (options: MoveOptions): Promise<VaultMove> => {
  const address = filesAddress(options.filesUrl);
  const config = databaseConfig(options.to);
  const source = openSource(options.from, createKeyWrapping(options.masterKey));
  const connections = openConnections(config);
  let store: ObjectStore | undefined;
  const close = async (): Promise<void> => {
    store?.close();
    await connections.close();
    source.close();
  };
  try {
    const opened = (store = await openObjectStore(address));
    const { moving } = await prepareTarget(connections, opened, source.secrets);
    await checkMark(connections, opened, source.secrets);
    return {
      isInUse: !moving,
      bringUp: () => (moving ? bringUp(options, source, connections, opened) : compare(options, source, connections)),
      async finish() {
        if (moving) await connections.ask("UPDATE safar_vault.about SET moving = false");
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * Moves an embedded vault into PostgreSQL and an S3-compatible store: wrapped keys, tags and encrypted files as they
 * are. Until the last row was compared no process opens the new vault.
 * @throws as `openVaultMove` and `VaultMove.bringUp`; the signal's reason
 */
export const migrateVault = async (options: MoveOptions): Promise<MoveReport> => {
  const move = await openVaultMove(options);
  try {
    const report = await move.bringUp();
    await move.finish();
    return report;
  } finally {
    await move.close();
  }
};

const bringUp = async (
  { environment, onProgress, signal }: MoveOptions,
  source: Source,
  connections: Connections,
  store: ObjectStore,
): Promise<MoveReport> => {
  const total = totalsOf(source);
  const counting = (part: MovedPart): ((rows: number) => void) => {
    let copied = 0;
    return (rows) => onProgress?.({ part, copied: (copied += rows), total: total[part] });
  };
  const loose = createLooseObjects(connections, store, environment, silent);
  await repeatErasures(source, { connections, loose, environment }, signal);
  for (const part of ROWS_PARTS) await copyRows(part, source, connections, counting(part.name), signal);
  const target = { connections, store, loose };
  const missingFiles = await copyFiles(source, target, counting("files"), signal);
  await removeFiles(source, target, signal);
  for (const part of ROWS_PARTS) await compareRows(part, source, connections, signal);
  return { isInUse: false, total, missingFiles };
};

const compare = async ({ signal }: MoveOptions, source: Source, connections: Connections): Promise<MoveReport> => {
  await checkInUse(source, connections, signal);
  return { isInUse: true, total: totalsOf(source), missingFiles: [] };
};

const totalsOf = (source: Source): Readonly<Record<MovedPart, number>> => {
  const [erasures = 0, keys = 0, pinfls = 0, tags = 0] = ROWS_PARTS.map(({ table }) => source.count(table));
  return { keys, erasures, pinfls, tags, files: source.count("files") };
};
