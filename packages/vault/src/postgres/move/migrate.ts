import { isDeepStrictEqual } from "node:util";
import type { Environment } from "@safar/kernel";
import type { Secrets } from "../../own-keys.ts";
import { VaultNotOpened } from "../../port.ts";
import { createKeyWrapping } from "../../wrapping.ts";
import { databaseConfig, filesAddress } from "../address.ts";
import { openConnections, type Connections } from "../connections.ts";
import { silent } from "../log.ts";
import { createLooseObjects } from "../loose-objects.ts";
import { checkMark } from "../mark.ts";
import { openObjectStore, type ObjectStore } from "../object-store.ts";
import { prepareSchema } from "../schema.ts";
import { copyFiles } from "./copy-files.ts";
import { compareRows, copyRows } from "./copy-rows.ts";
import { ROWS_PARTS, type MovedPart } from "./parts.ts";
import { openSource, type Source } from "./source.ts";

export interface MoveOptions {
  /** The folder of an embedded vault that nobody has open, or of a backup of one. It is left as it is. */
  readonly from: string;
  /** Of the vault that is moved; it stays the same. */
  readonly masterKey: Uint8Array;
  /** An empty database, or one in which a move of the same vault was broken off. */
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
  readonly total: Readonly<Record<MovedPart, number>>;
  /** Names of files that the folder had lost before; everything else is there, and was compared. */
  readonly missingFiles: readonly string[];
}

/**
 * Moves an embedded vault into PostgreSQL and an S3-compatible store: wrapped keys, tags and encrypted files as they
 * are. Until the last row was compared no process opens the new vault.
 * @throws VaultNotOpened for a target that holds something else, VaultUnavailable, the signal's reason
 */
export const migrateVault = async (options: MoveOptions): Promise<MoveReport> => {
  const address = filesAddress(options.filesUrl);
  const config = databaseConfig(options.to);
  const source = openSource(options.from, createKeyWrapping(options.masterKey));
  const connections = openConnections(config);
  try {
    const store = await openObjectStore(address);
    try {
      await prepareTarget(connections, store, source.secrets);
      await checkMark(connections, store, source.secrets);
      return await move(options, source, connections, store);
    } finally {
      store.close();
    }
  } finally {
    await connections.close();
    source.close();
  }
};

const prepareTarget = async (connections: Connections, store: ObjectStore, secrets: Secrets): Promise<void> => {
  await connections.opening(async (ask) => {
    const found = await prepareSchema(ask, { secrets, moving: true });
    if (found.created) await checkEmpty(store);
    // Random as they are, the wrapped keys of its own tell one vault from another.
    if (!isSame(found.secrets, secrets)) {
      throw new VaultNotOpened("not-a-vault", "the database holds another vault; a move takes an empty database");
    }
    if (!found.moving) throw new VaultNotOpened("in-use", "this vault was moved here before: nothing is left to move");
  });
};

const isSame = (left: Secrets, right: Secrets): boolean =>
  isDeepStrictEqual(
    [left.check, left.indexKey, left.requestKey].map((value) => Buffer.from(value)),
    [right.check, right.indexKey, right.requestKey].map((value) => Buffer.from(value)),
  );

const checkEmpty = async (store: ObjectStore): Promise<void> => {
  for await (const _object of store.list()) {
    throw new VaultNotOpened("not-a-vault", "there are files at FILES_URL already; a move takes an empty place");
  }
};

const move = async (
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
  for (const part of ROWS_PARTS) await copyRows(part, source, connections, counting(part.name), signal);
  const loose = createLooseObjects(connections, store, environment, silent);
  const missingFiles = await copyFiles(source, { connections, store, loose }, counting("files"), signal);
  for (const part of ROWS_PARTS) await compareRows(part, source, connections, signal);
  await connections.ask("UPDATE safar_vault.about SET moving = false");
  return { total, missingFiles };
};

const totalsOf = (source: Source): Readonly<Record<MovedPart, number>> => {
  const [keys = 0, erasures = 0, pinfls = 0, tags = 0] = ROWS_PARTS.map(({ table }) => source.count(table));
  return { keys, erasures, pinfls, tags, files: source.count("files") };
};
