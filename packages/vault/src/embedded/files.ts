import { access, open, rename, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { Environment } from "@safar/kernel";
import { isErrorCode, onDisk, syncFolder } from "../disk.ts";
import { decryptFile, encryptFile, SALT_BYTES, type FileSource } from "../file-format.ts";
import { measure } from "../measure.ts";
import { checkFileName, checkSubject } from "../names.ts";
import { FileMissing, KeyDestroyed, VaultUnavailable, type FileStore, type Vault } from "../port.ts";
import type { Reader } from "./reader.ts";
import type { WriteQueue } from "./write-queue.ts";

export interface FilesSettings {
  readonly folder: string;
  readonly reading: <Result>(work: (reader: Reader) => Result) => Promise<Result>;
  readonly queue: WriteQueue;
  readonly keys: Pick<Vault, "keyOf" | "findKey">;
  readonly environment: Environment;
}

/** Ends the name of a file that is still being written; what is left of one is removed at the next open. */
const PARTIAL = ".partial";

/**
 * A file lies under a random name, which a row of the database gives to its own: so names on the disk say nothing,
 * and a file is there, replaced or gone in one step, with the commit of its row.
 */
export const createFiles = (settings: FilesSettings): FileStore => ({
  write: (subject, name, bytes) => onDisk(() => write(settings, subject, name, bytes)),
  read: (subject, name) => read(settings, subject, name),
  async has(name) {
    checkFileName(name);
    return settings.reading((reader) => reader.findFile(name) !== undefined);
  },
  async remove(name) {
    checkFileName(name);
    await settings.queue.write("removeFile", { name });
  },
  async check() {
    await access(settings.folder).catch((error: unknown) => {
      throw new VaultUnavailable("storage", "the folder of the vault's files cannot be read", { cause: error });
    });
  },
});

const write = async (
  settings: FilesSettings,
  subject: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; size: number }> => {
  checkFileName(name);
  const { folder, keys, queue, environment } = settings;
  const key = await keys.keyOf(subject);
  const file = Buffer.from(environment.random.bytes(16)).toString("hex");
  const path = join(folder, file);
  const measured = measure(bytes);
  await writeWhole(path, encryptFile(key, { subject, name }, environment.random.bytes(SALT_BYTES), measured.bytes));
  await syncFolder(folder);
  if ((await queue.write("file", { name, subject, file })) === "destroyed") {
    await unlink(path);
    throw new KeyDestroyed(subject);
  }
  return measured.result();
};

/** Durable under its name, or not there at all. */
const writeWhole = async (path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
  const partial = path + PARTIAL;
  const handle = await open(partial, "wx", 0o600);
  try {
    for await (const piece of pieces) await handle.writeFile(piece);
    await handle.sync();
    await handle.close();
    await rename(partial, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(partial).catch(() => undefined);
    throw error;
  }
};

async function* read(settings: FilesSettings, subject: string, name: string): AsyncGenerator<Uint8Array> {
  checkSubject(subject);
  checkFileName(name);
  const key = await settings.keys.findKey(subject);
  if (key === "destroyed") throw new KeyDestroyed(subject);
  if (!key) throw new FileMissing(`there is no file ${name} of ${subject}`);
  const handle = await openStored(settings, subject, name);
  try {
    yield* decryptFile(key, { subject, name }, await sourceOf(handle));
  } finally {
    await handle.close();
  }
}

/** The file may be replaced between its row and its opening: then the row names another one by now. */
const openStored = async ({ folder, reading }: FilesSettings, subject: string, name: string): Promise<FileHandle> => {
  for (let tried: string | undefined; ;) {
    const stored = await reading((reader) => reader.findFile(name));
    if (stored?.subject !== subject || stored.file === tried) {
      throw new FileMissing(`there is no file ${name} of ${subject}`);
    }
    tried = stored.file;
    const handle = await openIfThere(join(folder, stored.file));
    if (handle) return handle;
  }
};

const openIfThere = (path: string): Promise<FileHandle | undefined> =>
  onDisk(async () => {
    try {
      return await open(path, "r");
    } catch (error) {
      if (isErrorCode(error, "ENOENT")) return undefined;
      throw error;
    }
  });

export const sourceOf = async (handle: FileHandle): Promise<FileSource> => {
  const { size } = await handle.stat();
  return {
    size,
    async read(offset, length) {
      const buffer = new Uint8Array(length);
      const { bytesRead } = await onDisk(() => handle.read(buffer, 0, length, offset));
      return buffer.subarray(0, bytesRead);
    },
  };
};
