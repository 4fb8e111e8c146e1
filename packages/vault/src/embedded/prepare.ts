import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { Environment } from "@safar/kernel";
import { makeSecrets, unwrapOwnKeys, type OwnKeys } from "../own-keys.ts";
import { VaultNotOpened } from "../port.ts";
import type { KeyWrapping } from "../wrapping.ts";
import { createPrivately, createTables, openForWriting, readSecrets, rewrite, versionOf } from "./database.ts";

export interface VaultFolder {
  readonly databaseFile: string;
  readonly filesFolder: string;
}

export const inFolder = (folder: string): VaultFolder => ({
  databaseFile: join(folder, "vault.sqlite"),
  filesFolder: join(folder, "files"),
});

/** Whether a folder holds a vault; nothing is opened or made. */
export const embeddedVaultExists = (folder: string): boolean => existsSync(inFolder(folder).databaseFile);

export const createFolder = (folder: string): void => {
  mkdirSync(inFolder(folder).filesFolder, { recursive: true, mode: 0o700 });
};

/**
 * Makes the vault when there is none, checks that it is one and that the master key is its own, and finishes what a
 * killed process left. Nothing is changed before the master key is known to be right.
 * @throws VaultNotOpened
 */
export const prepare = (folder: VaultFolder, wrapping: KeyWrapping, environment: Environment): OwnKeys => {
  createPrivately(folder.databaseFile);
  const database = openDatabase(folder.databaseFile);
  try {
    if (versionOf(database, folder.databaseFile) === 0) create(database, folder, wrapping, environment);
    const keys = unwrapOwnKeys(readSecrets(database), wrapping);
    removeLeftovers(database, folder.filesFolder);
    settleErasures(database);
    return keys;
  } finally {
    database.close();
  }
};

const openDatabase = (file: string): DatabaseSync => {
  try {
    return openForWriting(file);
  } catch (error) {
    throw new VaultNotOpened("not-a-vault", `${file} cannot be opened as a vault: ${String(error)}`, { cause: error });
  }
};

const create = (
  database: DatabaseSync,
  { databaseFile, filesFolder }: VaultFolder,
  wrapping: KeyWrapping,
  { random }: Environment,
): void => {
  if (database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get()) {
    throw new VaultNotOpened("not-a-vault", `${databaseFile} is some other program's database`);
  }
  if (readdirSync(filesFolder).length > 0) {
    throw new VaultNotOpened("damaged", `there are files but no vault.sqlite beside ${filesFolder}; restore it first`);
  }
  createTables(database, makeSecrets(wrapping, random));
};

/** Files that no row names: half written, replaced or erased by a process that died before it was through. */
const removeLeftovers = (database: DatabaseSync, filesFolder: string): void => {
  const isNamed = new Set(
    database
      .prepare("SELECT file FROM files")
      .all()
      .map((row) => row["file"]),
  );
  for (const file of readdirSync(filesFolder)) {
    if (!isNamed.has(file)) rmSync(join(filesFolder, file), { force: true });
  }
};

/**
 * An erasure that was cut short has deleted its rows, but their remains were not looked for: all is written anew.
 * Where that cannot be done now, the erasure stays unsettled; whoever asked for it was not told that it is done.
 */
const settleErasures = (database: DatabaseSync): void => {
  if (!database.prepare("SELECT 1 FROM erasures WHERE settled = 0 LIMIT 1").get()) return;
  try {
    rewrite(database);
    database.exec("UPDATE erasures SET settled = 1 WHERE settled = 0");
  } catch {
    return;
  }
};
