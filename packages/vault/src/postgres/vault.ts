import { createHmac, createSecretKey } from "node:crypto";
import type { Environment } from "@safar/kernel";
import { makeSecrets, unwrapOwnKeys, type OwnKeys, type Secrets } from "../own-keys.ts";
import { VaultNotOpened, type Vault } from "../port.ts";
import { createKeyWrapping, type KeyWrapping } from "../wrapping.ts";
import { databaseConfig, filesAddress } from "./address.ts";
import { openConnections, type Connections } from "./connections.ts";
import { erasureMethods } from "./erasure.ts";
import { createFiles } from "./files.ts";
import { createGate } from "./gate.ts";
import { createNewKey, keyMethods } from "./keys.ts";
import { tellFailures } from "./tell-failures.ts";
import { silent, type VaultLog } from "./log.ts";
import { createLooseObjects } from "./loose-objects.ts";
import { checkMark } from "./mark.ts";
import { openObjectStore, type ObjectStore } from "./object-store.ts";
import { personMethods } from "./persons.ts";
import { isVault, prepareSchema } from "./schema.ts";
import { createVacuum } from "./vacuum.ts";

export interface PostgresVaultOptions {
  /** See `databaseConfig`. */
  readonly url: string;
  /** See `filesAddress`. */
  readonly filesUrl: string;
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
  readonly environment: Environment;
  /** Who opens it: by this name the database knows its sessions. */
  readonly name?: string;
  readonly log?: VaultLog;
}

/**
 * A vault in PostgreSQL and an S3-compatible store; any number of processes may have it open.
 * @throws VaultNotOpened, VaultUnavailable when the database or the store is away: try again later
 */
export const openPostgresVault = async (options: PostgresVaultOptions): Promise<Vault> => {
  const wrapping = createKeyWrapping(options.masterKey);
  const files = filesAddress(options.filesUrl);
  const log = options.log ?? silent;
  const connections = openConnections(
    databaseConfig(options.url, options.name),
    tellFailures(log, options.environment),
  );
  try {
    const secrets = await openDatabase(connections, wrapping, options.environment);
    await warnOfUnsyncedServer(connections, log);
    const store = await openObjectStore(files);
    await checkMark(connections, store, secrets);
    return assemble(options, { wrapping, ownKeys: unwrapOwnKeys(secrets, wrapping), connections, store });
  } catch (error) {
    await connections.close();
    throw error;
  }
};

/**
 * Whether a database holds a vault; nothing is made.
 * @throws VaultNotOpened for tables of somebody else, VaultUnavailable
 */
export const postgresVaultExists = async (url: string): Promise<boolean> => {
  const connections = openConnections(databaseConfig(url));
  try {
    return await connections.opening(isVault);
  } finally {
    await connections.close();
  }
};

const openDatabase = async (
  connections: Connections,
  wrapping: KeyWrapping,
  { random }: Environment,
): Promise<Secrets> => {
  const fresh = { secrets: makeSecrets(wrapping, random), moving: false };
  const { secrets, moving } = await connections.opening((ask) => prepareSchema(ask, fresh));
  unwrapOwnKeys(secrets, wrapping);
  if (moving) {
    throw new VaultNotOpened(
      "half-moved",
      "a vault is being moved into this database: let the move finish, or repeat it",
    );
  }
  return secrets;
};

/** Our sessions ask for a sync at every commit; a server that was told not to sync does not. */
const warnOfUnsyncedServer = async ({ ask }: Connections, log: VaultLog): Promise<void> => {
  const [row] = await ask("SELECT current_setting('fsync') AS fsync");
  if (row?.["fsync"] === "on") return;
  log.warn({ fsync: row?.["fsync"] }, "the vault's database does not sync: a power cut loses what was acknowledged");
};

interface Opened {
  readonly wrapping: KeyWrapping;
  readonly ownKeys: OwnKeys;
  readonly connections: Connections;
  readonly store: ObjectStore;
}

const assemble = (options: PostgresVaultOptions, { wrapping, ownKeys, connections, store }: Opened): Vault => {
  const { environment, log = silent } = options;
  const loose = createLooseObjects(connections, store, environment, log);
  const newKey = createNewKey(wrapping, environment);
  const keys = keyMethods(connections, wrapping, newKey);
  const requestHashKey = createSecretKey(ownKeys.requestKey);
  const sweeping = loose.sweep();
  let closed: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    await sweeping;
    await connections.close();
    store.close();
  };
  return {
    ...personMethods({ connections, environment, indexKey: ownKeys.indexKey, newKey }),
    ...keys,
    ...erasureMethods({ connections, loose, vacuum: createVacuum(connections, log), environment }),
    requestHash: (canonicalBody) => createHmac("sha256", requestHashKey).update(canonicalBody).digest("hex"),
    files: createFiles({ connections, store, loose, keys, gate: createGate(), environment }),
    close: () => (closed ??= close()),
  };
};
