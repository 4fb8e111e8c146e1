import type { Test } from "tap";
import type { EventStore } from "../src/index.ts";
import { appending } from "./contract/appending.ts";
import { followsAModel } from "./contract/model.ts";
import { reading } from "./contract/reading.ts";
import { repeating } from "./contract/repeating.ts";
import { subscribing } from "./contract/subscribing.ts";

/** Opens a log for one test and closes it after it. Events of other tests may stand in it; nobody else writes. */
export type OpenLog = (t: Test) => Promise<EventStore>;

/** What every adapter of the port has to do: one call of this from its test file. */
export const contract = (t: Test, open: OpenLog): void => {
  for (const part of [appending, repeating, reading, subscribing, followsAModel]) part(t, open);
};
