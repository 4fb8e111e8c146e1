import type { Test } from "tap";
import type { EventStore } from "../src/index.ts";
import { appending } from "./contract/appending.ts";
import { followsAModel } from "./contract/model.ts";
import { reading } from "./contract/reading.ts";
import { repeating, repeatingAfterRestart } from "./contract/repeating.ts";
import { subscribing, subscribingAfterRestart } from "./contract/subscribing.ts";

/** Opens a log for one test and closes it after it. Events of other tests may stand in it; nobody else writes. */
export type OpenLog = (t: Test) => Promise<EventStore>;

/** The same, of a log of its own that can be closed or killed and opened again. */
export type OpenToRestart = (t: Test) => Promise<{
  readonly store: EventStore;
  restart(): Promise<EventStore>;
}>;

/** What every adapter of the port has to do: one call of this from its test file. The one in memory survives no restart. */
export const contract = (t: Test, open: OpenLog, openToRestart?: OpenToRestart): void => {
  // Last the one that leaves a hundred thousand events in a log that others read from its start.
  for (const part of [appending, reading, subscribing, followsAModel, repeating]) part(t, open);
  if (openToRestart === undefined) return;
  for (const part of [repeatingAfterRestart, subscribingAfterRestart]) part(t, openToRestart);
};
