import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { VaultUnavailable, type Erasure } from "../port.ts";
import { backUp } from "./backup.ts";
import { text } from "../columns.ts";
import { openForReading } from "./database.ts";
import { createMutex } from "./mutex.ts";
import { inFolder } from "./prepare.ts";
import { createReader } from "./reader.ts";

/** A file is seldom replaced while the others are copied; a vault in which that happens each time is too busy. */
const MAX_TRIES = 5;

/**
 * As `backupTo`, of a vault that another process has open. That process does not know of it and may remove a file that
 * the copy names; the copy is then made anew. An erasure meanwhile may have to be asked for again (VaultUnavailable).
 * @throws RangeError when the target is not empty, VaultUnavailable
 */
export const backUpVault = async (folder: string, to: string): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    await copyOnce(folder, to);
    if (isWhole(to)) return;
    for (const name of await readdir(to)) await rm(join(to, name), { recursive: true });
    if (tries === MAX_TRIES)
      throw new VaultUnavailable("storage", "the vault's files change faster than they are copied");
  }
};

const copyOnce = async (folder: string, to: string): Promise<void> => {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const source = inFolder(folder);
  const database = openForReading(source.databaseFile);
  try {
    const reader = createReader(database);
    await backUp(
      {
        ...source,
        queue: { holdFiles: () => Promise.resolve() },
        mutex: createMutex(),
        reading: (work) => Promise.resolve(work(reader)),
      },
      to,
    );
  } finally {
    database.close();
  }
};

const isWhole = (folder: string): boolean => {
  const { databaseFile, filesFolder } = inFolder(folder);
  const database = openForReading(databaseFile);
  try {
    return database
      .prepare("SELECT file FROM files")
      .all()
      .every((row) => existsSync(join(filesFolder, text(row["file"]))));
  } finally {
    database.close();
  }
};

/**
 * Every subject whose key was destroyed, from a vault that need not be opened or be whole otherwise.
 * @throws Error where the list itself cannot be read
 */
export const readErasures = (folder: string): readonly Erasure[] => {
  const database = openForReading(inFolder(folder).databaseFile);
  try {
    return createReader(database).erasures();
  } finally {
    database.close();
  }
};
