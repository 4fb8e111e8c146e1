import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Settings } from "../settings.ts";
import { writeOnce } from "./write-once.ts";

const LAYOUT_FILE = "safar.json";
/** The layout of `SAFAR_DATA`. A change that older programs cannot read raises it. */
const LAYOUT = 1;

/**
 * Free space without which nothing starts: an empty system makes some 2 MB of files at once, and SQLite that runs out
 * of space half-way says anything from an I/O error to a file that is no database.
 */
const MIN_FREE_BYTES = 8 * 1024 * 1024;

/** What is written to see whether a full disk has space again: more than an append and its tables take. */
const TRIAL_BYTES = 1024 * 1024;

/** Where everything lies that a process keeps itself; processes of one machine may share it. */
export interface DataFolder {
  readonly root: string;
  /** The truth about journeys. */
  readonly log: string;
  /** The truth about persons. */
  readonly vault: string;
  /** Can be deleted and rebuilt; no two processes of one service share it. */
  readonly readModels: string;
  readonly masterKey: string;
}

/** The folder cannot be used; the message says why and what to do. */
export class DataFolderUnusable extends Error {
  override readonly name = "DataFolderUnusable";
}

export const dataFolderAt = (
  settings: Pick<Settings, "SAFAR_DATA" | "SAFAR_MASTER_KEY_FILE" | "SAFAR_READ_MODELS">,
): DataFolder => {
  const { SAFAR_MASTER_KEY_FILE: masterKeyFile, SAFAR_READ_MODELS: readModels } = settings;
  const root = resolve(settings.SAFAR_DATA);
  return {
    root,
    log: join(root, "log"),
    vault: join(root, "vault"),
    readModels: readModels === undefined ? join(root, "read-models") : resolve(readModels),
    masterKey: masterKeyFile === undefined ? join(root, "master.key") : resolve(masterKeyFile),
  };
};

const checkLayout = (file: string): void => {
  if (!existsSync(file)) writeOnce(file, `${JSON.stringify({ layout: LAYOUT })}\n`);
  const { layout } = JSON.parse(readFileSync(file, "utf8")) as { layout?: unknown };
  if (typeof layout !== "number")
    throw new DataFolderUnusable(`${file} does not say its layout; is this Safar's folder?`);
  if (layout > LAYOUT)
    throw new DataFolderUnusable(
      `${file} says layout ${layout}, this program knows up to ${LAYOUT}: start it with the newer version of Safar that made it.`,
    );
};

/** From the first folder that is there; not recursive, since that never ends where a file system lets none be made. */
const makeFolder = (path: string): void => {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};

const checkSpace = (folder: string): void => {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= MIN_FREE_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1024 / 1024);
  throw new DataFolderUnusable(
    `The disk of ${folder} is full (${free} MB free, ${MIN_FREE_BYTES / 1024 / 1024} MB needed): free some space and start again. Nothing that was acknowledged is lost.`,
  );
};

/** Makes the folder where it is missing and tries to write in it. @throws DataFolderUnusable */
export const prepareDataFolder = (folder: DataFolder): void => {
  try {
    makeFolder(folder.root);
    checkSpace(folder.root);
    for (const path of [folder.log, folder.vault, folder.readModels]) makeFolder(path);
    const trial = join(folder.root, `.writable-${process.pid}`);
    writeFileSync(trial, "x");
    rmSync(trial);
    checkLayout(join(folder.root, LAYOUT_FILE));
  } catch (error) {
    if (error instanceof DataFolderUnusable) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC")
      throw new DataFolderUnusable(`The disk of ${folder.root} is full: free some space and start again.`);
    if (
      code === "EACCES" ||
      code === "EPERM" ||
      code === "EROFS" ||
      code === "ENOTDIR" ||
      code === "EEXIST" ||
      code === "ENOENT"
    )
      throw new DataFolderUnusable(
        `${folder.root} cannot be written (${code}): give this user the right to write there, or set SAFAR_DATA to another folder.`,
      );
    throw new DataFolderUnusable(`${folder.root} cannot be used: ${message}`);
  }
};

/**
 * For commands that use what a system keeps there, and must not begin a folder of their own where the name is mistyped.
 * @throws DataFolderUnusable
 */
export const requireDataFolder = (folder: string): void => {
  if (existsSync(join(folder, LAYOUT_FILE))) return;
  throw new DataFolderUnusable(
    `${resolve(folder)} is no data folder of Safar: set SAFAR_DATA to the system's, or start the system there first.`,
  );
};

/** Writes and removes a little, durably, as the log does. @throws what the disk says */
export const tryDiskOf = (folder: DataFolder) => async (): Promise<void> => {
  const trial = join(folder.root, `.trial-${process.pid}`);
  try {
    const file = await open(trial, "w", 0o600);
    try {
      await file.writeFile(new Uint8Array(TRIAL_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(trial, { force: true });
  }
};
