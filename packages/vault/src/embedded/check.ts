import { open } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isErrorCode } from "../disk.ts";
import { decryptFile } from "../file-format.ts";
import { unwrapOwnKeys } from "../own-keys.ts";
import { FileDamaged, KeyDamaged, VaultNotOpened } from "../port.ts";
import { createKeyWrapping, type KeyWrapping } from "../wrapping.ts";
import { blob, text } from "../columns.ts";
import { openForReading, readSecrets, versionOf } from "./database.ts";
import { sourceOf } from "./files.ts";
import { inFolder } from "./prepare.ts";

/** Enough to see what is wrong; a broken disk would give one for every person. */
const MAX_PROBLEMS = 100;

/**
 * Whether a backup is whole and opens under this master key: every page, every key, every chunk of every file.
 * Reads only, and changes nothing; the folder must not be that of a running vault.
 * @returns sentences for an operator; none when all is well
 */
export const checkVaultBackup = async (folder: string, masterKey: Uint8Array): Promise<readonly string[]> => {
  const problems: string[] = [];
  try {
    for await (const problem of problemsOf(folder, createKeyWrapping(masterKey))) {
      if (problems.push(problem) >= MAX_PROBLEMS) break;
    }
  } catch (error) {
    if (!(error instanceof VaultNotOpened) && !isErrorCode(error, "ERR_SQLITE_ERROR")) throw error;
    problems.push(error instanceof Error ? error.message : String(error));
  }
  return problems;
};

async function* problemsOf(folder: string, wrapping: KeyWrapping): AsyncGenerator<string> {
  const { databaseFile, filesFolder } = inFolder(folder);
  const database = openForReading(databaseFile);
  try {
    if (versionOf(database, databaseFile) === 0) yield `${databaseFile} is empty`;
    unwrapOwnKeys(readSecrets(database), wrapping);
    for (const row of database.prepare(`PRAGMA integrity_check(${MAX_PROBLEMS})`).all()) {
      if (row["integrity_check"] !== "ok") yield `vault.sqlite: ${String(row["integrity_check"])}`;
    }
    yield* problemsOfKeys(database, wrapping);
    yield* problemsOfFiles(database, filesFolder, wrapping);
  } finally {
    database.close();
  }
}

const LIVING_KEYS = "SELECT subject, wrapped FROM subject_keys WHERE subject NOT IN (SELECT subject FROM erasures)";

function* problemsOfKeys(database: DatabaseSync, wrapping: KeyWrapping): Generator<string> {
  for (const row of database.prepare(LIVING_KEYS).iterate()) {
    const subject = text(row["subject"]);
    const problem = keyProblem(wrapping, subject, blob(row["wrapped"]));
    if (problem !== undefined) yield problem;
  }
}

const keyProblem = (wrapping: KeyWrapping, subject: string, wrapped: Uint8Array): string | undefined => {
  try {
    wrapping.unwrap(`subject:${subject}`, wrapped);
    return undefined;
  } catch (error) {
    if (error instanceof KeyDamaged) return error.message;
    throw error;
  }
};

const FILES = "SELECT name, subject, file, wrapped FROM files LEFT JOIN subject_keys USING (subject)";

async function* problemsOfFiles(
  database: DatabaseSync,
  filesFolder: string,
  wrapping: KeyWrapping,
): AsyncGenerator<string> {
  for (const row of database.prepare(FILES).iterate()) {
    const identity = { name: text(row["name"]), subject: text(row["subject"]) };
    try {
      const key = wrapping.unwrap(`subject:${identity.subject}`, blob(row["wrapped"]));
      await readThrough(join(filesFolder, text(row["file"])), key, identity);
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) yield `the file ${identity.name} is missing`;
      else if (error instanceof FileDamaged) yield error.message;
      // A damaged key was told of above.
      else if (!(error instanceof KeyDamaged)) throw error;
    }
  }
}

const readThrough = async (
  path: string,
  key: Uint8Array,
  identity: { name: string; subject: string },
): Promise<void> => {
  const handle = await open(path, "r");
  try {
    for await (const _chunk of decryptFile(key, identity, await sourceOf(handle)));
  } finally {
    await handle.close();
  }
};
