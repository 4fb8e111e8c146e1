import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { createProbe } from "./probe.ts";

/** Positions of the head that somebody reads at the same moment need not be asked for each by itself; nothing older. */
const ASKED_AFTER_MS = 0;

/** The log's head as it answers now; undefined: it does not, or not within the time that a health door has. */
export const createLogHealth = (
  environment: Environment,
  store: Pick<EventStore, "head">,
): (() => Promise<bigint | undefined>) => {
  let head: bigint | undefined;
  const failingFor = createProbe(environment, ASKED_AFTER_MS, async () => {
    head = await store.head();
  });
  return async () => ((await failingFor()) === undefined ? head : undefined);
};
