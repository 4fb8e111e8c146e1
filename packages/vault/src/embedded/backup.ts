import { constants } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { isErrorCode, onDisk, syncFolder } from "../disk.ts";
import { noAftermath } from "./aftermath.ts";
import { text } from "../columns.ts";
import { openForReading } from "./database.ts";
import type { Mutex } from "./mutex.ts";
import { inFolder, type VaultFolder } from "./prepare.ts";
import type { Reader } from "./reader.ts";
import type { WriteQueue } from "./write-queue.ts";
import { createWrites } from "./writes.ts";
import { uuidToBytes } from "../uuid-bytes.ts";

export interface BackupSource extends VaultFolder {
  readonly queue: Pick<WriteQueue, "holdFiles">;
  readonly mutex: Mutex;
  readonly reading: <Result>(work: (reader: Reader) => Result) => Promise<Result>;
}

/** SQLite starts a copy again when somebody writes between its steps, so all pages go in one step. */
const ALL_PAGES = 2_147_483_647;

/**
 * First the database in one step, then the files its rows name, which are held back from removal meanwhile. Who is
 * erased meanwhile is erased from the copy too. The database gets its name last: without it the copy is none.
 */
export const backUp = (source: BackupSource, folder: string): Promise<void> =>
  onDisk(async () => {
    const target = inFolder(folder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) throw new RangeError(`${folder} is not empty; a backup takes a new folder`);
    await mkdir(target.filesFolder, { mode: 0o700 });
    try {
      await source.queue.holdFiles(true);
      const copy = `${target.databaseFile}.partial`;
      await source.mutex.exclusively(() => copyDatabase(source.databaseFile, copy));
      await completeCopy(source, copy, target.filesFolder);
      await syncFile(copy);
      await syncFolder(target.filesFolder);
      await rename(copy, target.databaseFile);
      await syncFolder(folder);
    } finally {
      await source.queue.holdFiles(false);
    }
  });

/** On a connection of its own, in a thread of its own: reads and writes go on. */
const copyDatabase = async (from: string, to: string): Promise<void> => {
  await (await open(to, "wx", 0o600)).close();
  const database = openForReading(from);
  try {
    await backup(database, to, { rate: ALL_PAGES });
  } finally {
    database.close();
  }
};

const completeCopy = async (source: BackupSource, copyFile: string, filesFolder: string): Promise<void> => {
  const copy = new DatabaseSync(copyFile);
  try {
    // One file instead of three, so that a copy is what lies under one name.
    copy.exec("PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    await copyFiles(source.filesFolder, copy, filesFolder);
    await eraseFromCopy(source, copy, filesFolder);
  } finally {
    copy.close();
  }
};

const copyFiles = async (from: string, copy: DatabaseSync, to: string): Promise<void> => {
  for (const row of copy.prepare("SELECT file FROM files").iterate()) {
    const file = text(row["file"]);
    try {
      await copyFile(join(from, file), join(to, file), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    } catch (error) {
      // Only what was erased meanwhile is gone; eraseFromCopy takes its row. What was lost before, check.ts tells.
      if (isErrorCode(error, "ENOENT")) continue;
      throw error;
    }
    await syncFile(join(to, file));
  }
};

const eraseFromCopy = async (source: BackupSource, copy: DatabaseSync, filesFolder: string): Promise<void> => {
  const isErased = copy.prepare("SELECT 1 FROM erasures WHERE subject = ?");
  const erasures = await source.reading((reader) => reader.erasures());
  const since = erasures.filter(({ subject }) => !isErased.get(subject));
  if (since.length === 0) return;
  const aftermath = noAftermath();
  const writes = createWrites(copy);
  copy.exec("BEGIN IMMEDIATE");
  for (const { subject, destroyedAt } of since) {
    writes.erase({ subject, person: uuidToBytes(subject), at: destroyedAt }, aftermath);
  }
  copy.exec("UPDATE erasures SET settled = 1; COMMIT; VACUUM");
  for (const file of aftermath.erasedFiles) {
    await unlink(join(filesFolder, file)).catch((error: unknown) => {
      if (!isErrorCode(error, "ENOENT")) throw error;
    });
  }
};

const syncFile = async (file: string): Promise<void> => {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
