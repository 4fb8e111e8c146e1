import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { isErrorCode } from "../../disk.ts";
import type { Connections } from "../connections.ts";
import { putRow } from "../files.ts";
import { MAX_MOVED_FILES, MAX_MOVED_ROWS, WINDOW_BYTES } from "../limits.ts";
import type { LooseObjects } from "../loose-objects.ts";
import type { ObjectStore } from "../object-store.ts";
import type { Source } from "./source.ts";

export interface FilesTarget {
  readonly connections: Connections;
  readonly store: ObjectStore;
  readonly loose: LooseObjects;
}

const READ = "SELECT name, subject, file FROM files WHERE name > ? ORDER BY name LIMIT ?";
const MOVED = "SELECT 1 FROM safar_vault.files WHERE name = $1 AND subject = $2 AND object = $3";

/**
 * The encrypted bytes as they are, under the same random names; each is read back from the store and compared before
 * its row is written. What is there already is not sent again.
 * @returns the names of files that the folder had lost before
 */
export const copyFiles = async (
  source: Source,
  target: FilesTarget,
  onCopied: (files: number) => void,
  signal?: AbortSignal,
): Promise<readonly string[]> => {
  const missing: string[] = [];
  const copyRow = async ([name = "", subject = "", file = ""]: readonly string[]): Promise<void> => {
    signal?.throwIfAborted();
    if (!(await copyFile(source, target, { name, subject, file }))) missing.push(name);
    onCopied(1);
  };
  for (let after = ""; ;) {
    const rows = source.ask(READ, [after, MAX_MOVED_ROWS]);
    for (let start = 0; start < rows.length; start += MAX_MOVED_FILES) {
      await Promise.all(rows.slice(start, start + MAX_MOVED_FILES).map(copyRow));
    }
    const last = rows.at(-1);
    if (!last) return missing;
    after = last[0] ?? "";
  }
};

interface FileRow {
  readonly name: string;
  readonly subject: string;
  readonly file: string;
}

/** False where the folder does not have it. */
const copyFile = async (source: Source, target: FilesTarget, { name, subject, file }: FileRow): Promise<boolean> => {
  if ((await target.connections.ask(MOVED, [name, subject, file])).length > 0) return true;
  await target.loose.announce(file, subject);
  const hash = createHash("sha256");
  try {
    await target.store.write(file, hashed(createReadStream(join(source.filesFolder, file)), hash));
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return false;
    throw error;
  }
  if ((await hashOfStored(target.store, file)) !== hash.digest("hex")) {
    throw new Error(`the file store gives other bytes than it was given for the file ${name}`);
  }
  const outcome = await target.connections.transaction((ask) => putRow(ask, name, subject, file));
  if (outcome !== "done") throw new Error(`the file ${name} took too long to be copied; repeat the move`);
  return true;
};

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  hash: { update(piece: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

const hashOfStored = async (store: ObjectStore, object: string): Promise<string | undefined> => {
  const hash = createHash("sha256");
  for (let offset = 0; ;) {
    const stored = await store.read(object, offset, WINDOW_BYTES);
    if (!stored) return undefined;
    hash.update(stored.bytes);
    offset += stored.bytes.length;
    if (stored.bytes.length === 0 || offset >= stored.size) return hash.digest("hex");
  }
};
