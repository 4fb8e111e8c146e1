import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The layout of `SAFAR_DATA`. A change that older programs cannot read raises it. */
const LAYOUT = 1;

/** Where everything of one node lies. */
export interface DataFolder {
  readonly root: string;
  /** The truth about journeys. */
  readonly log: string;
  /** The truth about persons. */
  readonly vault: string;
  /** Can be deleted and rebuilt. */
  readonly readModels: string;
  readonly masterKey: string;
}

/** The folder cannot be used; the message says why and what to do. */
export class DataFolderUnusable extends Error {
  override readonly name = "DataFolderUnusable";
}

export const dataFolderAt = (path: string, masterKeyFile: string | undefined): DataFolder => {
  const root = resolve(path);
  return {
    root,
    log: join(root, "log"),
    vault: join(root, "vault"),
    readModels: join(root, "read-models"),
    masterKey: masterKeyFile === undefined ? join(root, "master.key") : resolve(masterKeyFile),
  };
};

const checkLayout = (file: string): void => {
  if (!existsSync(file)) return void writeFileSync(file, `${JSON.stringify({ layout: LAYOUT })}\n`);
  const { layout } = JSON.parse(readFileSync(file, "utf8")) as { layout?: unknown };
  if (typeof layout !== "number")
    throw new DataFolderUnusable(`${file} does not say its layout; is this Safar's folder?`);
  if (layout > LAYOUT)
    throw new DataFolderUnusable(
      `${file} says layout ${layout}, this program knows up to ${LAYOUT}: start it with the newer version of Safar that made it.`,
    );
};

/** Makes the folder where it is missing and tries to write in it. @throws DataFolderUnusable */
export const prepareDataFolder = (folder: DataFolder): void => {
  try {
    for (const path of [folder.root, folder.log, folder.vault, folder.readModels])
      mkdirSync(path, { recursive: true, mode: 0o700 });
    const trial = join(folder.root, `.writable-${process.pid}`);
    writeFileSync(trial, "x");
    rmSync(trial);
    checkLayout(join(folder.root, "safar.json"));
  } catch (error) {
    if (error instanceof DataFolderUnusable) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC")
      throw new DataFolderUnusable(`The disk of ${folder.root} is full: free some space and start again.`);
    if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOTDIR" || code === "EEXIST")
      throw new DataFolderUnusable(
        `${folder.root} cannot be written (${code}): give this user the right to write there, or set SAFAR_DATA to another folder.`,
      );
    throw new DataFolderUnusable(`${folder.root} cannot be used: ${message}`);
  }
};
