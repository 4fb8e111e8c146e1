import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";
import { openEmbeddedEventStore, type EmbeddedEventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";

/** A folder for one test, removed after it. */
export const temporaryFolder = async (t: Test): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-event-store-"));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

type Options = Partial<Parameters<typeof openEmbeddedEventStore>[0]>;

/** The log in a folder, closed after the test if the test does not; trouble that it reports fails the test. */
export const openIn = async (t: Test, folder: string, options: Options = {}): Promise<EmbeddedEventStore> => {
  const report = (problem: unknown) => t.fail(`the log reports ${String(problem)}`);
  const store = await openEmbeddedEventStore({ environment, report, ...options, folder });
  t.teardown(() => store.close());
  return store;
};
