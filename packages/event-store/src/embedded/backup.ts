import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import type { Position } from "../port.ts";

/** What a backup holds. */
export interface Backup {
  /** Position of its last event; -1n of an empty log. */
  readonly head: Position;
}

/** What the thread in backup-thread.ts is given. */
export interface BackupData {
  readonly source: string;
  readonly target: string;
}

/**
 * Writes the log as it is at this moment into one new file, while appends go on. The file gets its name only once it
 * is whole and on disk; an older file of that name is replaced.
 * @throws Error where the file cannot be written: then nothing stands under its name that did not before.
 */
export const backUp = async (source: string, file: string): Promise<Backup> => {
  const target = `${file}.partial`;
  try {
    await rm(target, { force: true });
    await copyInThread({ source, target });
    await sync(target);
    const head = headOf(target);
    await rename(target, file);
    await sync(dirname(file));
    return { head };
  } catch (problem) {
    await rm(target, { force: true });
    throw problem;
  }
};

const copyInThread = (workerData: BackupData): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./backup-thread.ts", import.meta.url), { workerData, name: "event log backup" });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`the backup of the log ended with ${code}`));
    });
  });

const sync = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const headOf = (file: string): Position => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return BigInt(Number(database.prepare("SELECT max(position) AS head FROM events").get()?.["head"] ?? -1));
  } finally {
    database.close();
  }
};
