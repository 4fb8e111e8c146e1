import type { Test } from "tap";
import { openEventStoreDb, type EventStoreDbOptions } from "../../src/eventstoredb/index.ts";
import type { EventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";

/** The log on a server, closed after the test if the test does not; a hang for good fails the test. */
export const openAt = async (t: Test, url: string, options: Partial<EventStoreDbOptions> = {}): Promise<EventStore> => {
  const onFatal = (problem: Error) => t.fail(`the process would end: ${problem.message}`);
  const store = await openEventStoreDb({ environment, onFatal, ...options, url });
  t.teardown(() => store.close());
  return store;
};
