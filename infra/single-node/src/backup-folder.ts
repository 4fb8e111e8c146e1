import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { backUpLog, checkLogBackup, LOG_FILE } from "@safar/event-store";
import type { DataFolder, Settings } from "@safar/service-kit";
import { backUpVault, checkVaultBackup } from "@safar/vault";
import { z } from "zod";
import { NotDone } from "@safar/service-kit/command-line";

/** A backup: `log` and `vault`, without the master key, and a list of both with their hashes, written last. */
export interface BackupFolder {
  readonly root: string;
  readonly log: string;
  readonly logFile: string;
  readonly vault: string;
  readonly list: string;
}

export const backupFolderAt = (path: string): BackupFolder => {
  const root = resolve(path);
  const log = join(root, "log");
  return { root, log, logFile: join(log, LOG_FILE), vault: join(root, "vault"), list: join(root, "backup.json") };
};

const listSchema = z.object({ format: z.literal(1), head: z.string(), sha256: z.record(z.string(), z.string()) });

/** Files in `vault/files` are left out: every chunk of them is sealed, and checked by its own key. */
const HASHED = [`log/${LOG_FILE}`, "vault/vault.sqlite"] as const;

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
};

const hashesOf = async (root: string): Promise<Record<string, string>> => {
  const hashes: Record<string, string> = {};
  for (const name of HASHED) hashes[name] = await sha256Of(join(root, name));
  return hashes;
};

const writeDurably = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * A cluster's log and vault lie on its servers: a copy of the folder beside it would be one of an older system, or none.
 * @throws NotDone
 */
export const requireOwnFolder = (settings: Pick<Settings, "EVENTSTORE_URL" | "VAULT_URL">): void => {
  const elsewhere = (["EVENTSTORE_URL", "VAULT_URL"] as const).filter((name) => settings[name] !== undefined);
  if (elsewhere.length > 0)
    throw new NotDone(
      `${elsewhere.join(" and ")} is set: this system's data lies on servers, which have backups of their own (docs/operating/cluster.md). For the folder of a single node leave it unset.`,
    );
};

/**
 * Copies a data folder that may be in use: the log first, the vault after it, so that the vault has the key of every
 * person in the log. @throws NotDone
 */
export const makeBackup = async (from: DataFolder, to: BackupFolder): Promise<{ readonly head: bigint }> => {
  const source = join(from.log, LOG_FILE);
  if (!existsSync(source))
    throw new NotDone(
      `${from.root} holds no log: set SAFAR_DATA to the folder of a single node; the servers of a cluster have backups of their own.`,
    );
  await mkdir(to.root, { recursive: true, mode: 0o700 });
  if ((await readdir(to.root)).length > 0)
    throw new NotDone(`${to.root} is not empty: name a new folder, since a backup never replaces another.`);
  await mkdir(to.log, { mode: 0o700 });
  const { head } = await backUpLog(source, to.logFile);
  await backUpVault(from.vault, to.vault);
  const sha256 = await hashesOf(to.root);
  await writeDurably(to.list, `${JSON.stringify({ format: 1, head: String(head), sha256 })}\n`);
  return { head };
};

/** What is wrong with a backup, as sentences; none when it can be restored under this master key. Reads only. */
export const checkBackup = async (
  backup: BackupFolder,
  masterKey: Uint8Array,
): Promise<{ readonly head: bigint; readonly problems: readonly string[] }> => {
  const refused = (problem: string) => ({ head: -1n, problems: [problem] });
  const text = await readFile(backup.list, "utf8").catch(() => undefined);
  if (text === undefined)
    return refused(`${backup.root} has no backup.json: it is no backup, or one that was cut short`);
  const list = parseList(text);
  if (!list) return refused(`${backup.list} is damaged`);
  const problems: string[] = [];
  for (const name of HASHED) {
    const found = await sha256Of(join(backup.root, name)).catch(() => undefined);
    if (found === undefined) problems.push(`${name} is missing`);
    else if (found !== list.sha256[name]) problems.push(`${name} is not what was backed up: it was changed or damaged`);
  }
  if (problems.length > 0) return { head: -1n, problems };
  const log = checkLogBackup(backup.logFile);
  return { head: log.head, problems: [...log.problems, ...(await checkVaultBackup(backup.vault, masterKey))] };
};

const parseList = (text: string) => {
  try {
    return listSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
