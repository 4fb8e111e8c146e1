import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LogFileRefused, openEmbeddedEventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { dataFolderAt, prepareDataFolder, type DataFolder } from "@safar/service-kit";
import { loadOrCreateMasterKey, openEmbeddedVault, readErasures, type Erasure } from "@safar/vault";
import { checkBackup, type BackupFolder } from "./backup-folder.ts";
import { NotDone } from "@safar/service-kit/command-line";

/** Above every position that the lost log can have given out since the backup (interface.md, Commands). */
const FAR_ABOVE = 1_000_000_000n;

export interface Restored {
  readonly head: bigint;
  readonly continuesAbove: bigint;
  readonly erased: number;
  /** Where the old folder lies now; absent: there was none. */
  readonly keptAt?: string;
}

interface Restoring {
  readonly folder: DataFolder;
  readonly backup: BackupFolder;
  /** What must be erased again besides what the old folder says. */
  readonly erased?: readonly Erasure[];
  readonly environment: Environment;
}

/** Nothing of the old folder changes before the new one is whole. @throws NotDone */
export const restoreBackup = async (options: Restoring): Promise<Restored> => {
  const { folder, backup, environment } = options;
  await refuseInterrupted(folder);
  const old = await openOldLog(folder, environment);
  try {
    const masterKey = await loadMasterKey(folder, environment);
    const { head, problems } = await checkBackup(backup, masterKey);
    if (problems.length > 0) throw new NotDone(`${backup.root} cannot be restored:\n${problems.join("\n")}`);
    const erasures = erasuresToRepeat(options);
    const above = old.continuesAbove ?? head + FAR_ABOVE;
    const draft = dataFolderAt({ SAFAR_DATA: `${folder.root}.restoring` });
    await prepareDraft(draft, options);
    const continuesAbove = await bringUp(draft, { masterKey, above, erasures, environment });
    const keptAt = await exchange(folder, draft, environment);
    return { head, continuesAbove, erased: erasures.length, ...(keptAt === undefined ? {} : { keptAt }) };
  } finally {
    await old.close();
  }
};

const keptName = ({ root }: DataFolder): string => `${basename(root)}.before-`;

/** A restore that died between its two renames has left the old folder under its new name only. */
const refuseInterrupted = async (folder: DataFolder): Promise<void> => {
  const { root } = folder;
  if (existsSync(root)) return;
  const beside = await readdir(dirname(root)).catch(() => [] as string[]);
  const kept = beside
    .filter((name) => name.startsWith(keptName(folder)))
    .sort()
    .at(-1);
  if (kept !== undefined)
    throw new NotDone(
      `${root} is missing, but ${kept} lies beside it: an earlier restore was cut short. Rename it back and restore again.`,
    );
};

/**
 * Holds the old log, so that nothing starts on it meanwhile. What it has given out is unknown where it is lost or
 * damaged; a log that was restored itself and has no event since stands above more than its own head.
 */
const openOldLog = async (folder: DataFolder, environment: Environment) => {
  const lost = { continuesAbove: undefined, close: () => Promise.resolve() };
  if ((await readdir(folder.log).catch(() => [])).length === 0) return lost;
  try {
    const store = await openEmbeddedEventStore({ folder: folder.log, environment });
    return { continuesAbove: await store.continueAbove(-1n), close: () => store.close() };
  } catch (error) {
    if (error instanceof LogFileRefused && error.refusal === "in-use")
      throw new NotDone(`The system runs on ${folder.root}: stop it first, then restore.`);
    return lost;
  }
};

/** One that is there, never a new one. @throws NotDone */
export const loadMasterKey = async (folder: DataFolder, environment: Environment): Promise<Uint8Array> => {
  if (!existsSync(folder.masterKey))
    throw new NotDone(
      `There is no master key at ${folder.masterKey}: put your copy of it there, or name it with SAFAR_MASTER_KEY_FILE.`,
    );
  return (await loadOrCreateMasterKey(folder.masterKey, environment, () => Promise.resolve(true))).key;
};

const erasuresToRepeat = ({ folder, erased }: Restoring): readonly Erasure[] => {
  if (!existsSync(join(folder.vault, "vault.sqlite"))) return erased ?? [];
  try {
    return [...readErasures(folder.vault), ...(erased ?? [])];
  } catch {
    if (erased !== undefined) return erased;
    throw new NotDone(
      `The list of erasures in ${folder.vault} cannot be read: give it with --erased FILE, since the erased would live again.`,
    );
  }
};

/** Keys, used sign-in links and whatever else lies beside log and vault go on as they are. */
const prepareDraft = async (draft: DataFolder, { folder, backup }: Restoring): Promise<void> => {
  await rm(draft.root, { recursive: true, force: true });
  prepareDataFolder(draft);
  const own = new Set([folder.log, folder.vault, folder.readModels].map((path) => basename(path)));
  const entries = await readdir(folder.root, { withFileTypes: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isFile() && !own.has(entry.name))
      await copyFile(join(folder.root, entry.name), join(draft.root, entry.name));
  await cp(backup.log, draft.log, { recursive: true });
  await cp(backup.vault, draft.vault, { recursive: true });
};

/** @returns the position that later events stand above */
const bringUp = async (
  draft: DataFolder,
  given: {
    readonly masterKey: Uint8Array;
    readonly above: bigint;
    readonly erasures: readonly Erasure[];
    readonly environment: Environment;
  },
): Promise<bigint> => {
  const { masterKey, above, erasures, environment } = given;
  const store = await openEmbeddedEventStore({ folder: draft.log, environment });
  const continuesAbove = await store.continueAbove(above).finally(() => store.close());
  const vault = await openEmbeddedVault({ folder: draft.vault, masterKey, environment });
  await vault.applyErasures(erasures).finally(() => vault.close());
  return continuesAbove;
};

/** @returns where the old folder went */
const exchange = async (
  folder: DataFolder,
  draft: DataFolder,
  environment: Environment,
): Promise<string | undefined> => {
  const instant = new Date(environment.clock.now()).toISOString().replaceAll(":", "-");
  const keptAt = join(dirname(folder.root), `${keptName(folder)}${instant}`);
  if (!existsSync(folder.root)) {
    await mkdir(dirname(folder.root), { recursive: true });
    await rename(draft.root, folder.root);
    return undefined;
  }
  await rename(folder.root, keptAt).catch((error: unknown) => {
    throw new NotDone(
      `${folder.root} cannot be moved aside (${String(error)}): SAFAR_DATA must be a folder that can be renamed, not a mount.`,
    );
  });
  await rename(draft.root, folder.root);
  return keptAt;
};
