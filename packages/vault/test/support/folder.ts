import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Teardown {
  teardown(work: () => Promise<void>): void;
}

/** A folder of its own for a test, gone after it. */
export const temporaryFolder = async (t: Teardown): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-vault-"));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** All bytes of all files in a folder, by path. */
export const everyByte = async (folder: string): Promise<ReadonlyMap<string, Buffer>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)));
};

/** The files that hold any of the texts or bytes. */
export const filesHolding = async (
  folder: string,
  ...needles: readonly (string | Buffer)[]
): Promise<readonly string[]> =>
  [...(await everyByte(folder))]
    .filter(([, bytes]) => needles.some((needle) => bytes.includes(needle)))
    .map(([path]) => path);
