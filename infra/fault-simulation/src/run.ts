import { services } from "@safar/single-node";
import { runSeed, type BugName, type RunResult } from "@safar/testing/simulation";
import { peopleOf } from "./people.ts";

/** One run of the whole system. */
export interface Job {
  readonly seed: number;
  /** Steps with faults at most. */
  readonly steps: number;
  readonly bug?: BugName;
  /** Default: the seed says, or the bug. */
  readonly bus?: RunResult["bus"];
}

export const runJob = ({ seed, steps, bug, bus }: Job): Promise<RunResult> =>
  runSeed({ seed, steps, services, act: peopleOf(seed), ...(bug && { bug }), ...(bus && { bus }) });

/** Some four journeys with their faults; what is not done by then is done without faults. */
export const DEFAULT_STEPS = 6_000;
/** How many seeds a deliberate bug may stay hidden. */
export const MAX_SEEDS_OF_A_BUG = 60;

/** The first seed from `from` on that fails with a bug and holds without it; undefined: none of so many does. */
export const findBug = async (
  bug: BugName,
  from: number,
  run: (job: Job) => Promise<RunResult>,
): Promise<RunResult | undefined> => {
  for (let seed = from; seed < from + MAX_SEEDS_OF_A_BUG; seed += 1) {
    const result = await run({ seed, steps: DEFAULT_STEPS, bug });
    if (!result.broken) continue;
    const { broken } = await run({ seed, steps: DEFAULT_STEPS, bus: result.bus });
    if (!broken) return result;
  }
  return undefined;
};
