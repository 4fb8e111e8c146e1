import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";

/** A folder of the test's own, removed with it. */
export const temporaryFolder = async (t: Pick<Test, "teardown">): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-node-"));
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
};
