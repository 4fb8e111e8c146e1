import type { Decoder } from "@safar/contracts";
import type { Caller } from "@safar/service-kit";
import type { surroundingsOf } from "./base.ts";
import type { Privacy } from "./privacy.ts";
import type { RunOptions } from "./run.ts";
import type { ServiceProcess } from "./service-process.ts";
import { openWatcher, type Watcher } from "./watchers.ts";

const DEFAULT_WATCHERS = 2;

const OPERATOR: Caller = {
  issuer: "simulation",
  subject: "operator",
  role: "operator",
  expiresAt: Number.MAX_SAFE_INTEGER,
};

/** Programs at the live stream, where the run has a situation center. */
export const openWatchers = (
  { watchers = DEFAULT_WATCHERS }: RunOptions,
  processes: readonly ServiceProcess[],
  { chance, surroundings, audit, verdict }: ReturnType<typeof surroundingsOf>,
  decoder: Decoder,
  { places }: Privacy,
): readonly Watcher[] => {
  const center = processes.find(({ name }) => name === "situation-center");
  if (!center) return [];
  return Array.from({ length: watchers }, (_, index) => {
    const name = `watcher ${index + 1}`;
    return openWatcher({
      name,
      surroundings,
      center,
      chance: chance.fork(name),
      audit,
      decoder,
      verdict,
      places,
      caller: OPERATOR,
    });
  });
};
