import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { realEnvironment } from "@safar/service-kit";
import { BUGS, BUG_NAMES, type RunResult } from "@safar/testing/simulation";
import { createPool, type Pool } from "./pool.ts";
import { add, failureLines, noTotals, totalLine } from "./report.ts";
import { DEFAULT_STEPS, findBug, MAX_SEEDS_OF_A_BUG, runJob } from "./run.ts";

const USAGE = `npm run simulate:faults -- [--seeds 1000] [--steps ${DEFAULT_STEPS}]
npm run simulate:faults -- --seed N [--steps ${DEFAULT_STEPS}]
npm run simulate:faults -- --bugs

Runs services, relays, broker, consumers and read models in one process under virtual time, with faults that the seed
decides, and checks from outside what must hold. --seeds runs so many seeds from 1 on, --seed one of them, twice.
--steps is how many steps there are faults for. --bugs shows that each deliberate bug is found.`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** How often a long run says how far it is. */
const TELL_EVERY_SEEDS = 100;

const runSeeds = async (pool: Pool, seeds: number, steps: number): Promise<boolean> => {
  const { clock } = realEnvironment();
  const since = clock.monotonic();
  const totals = noTotals();
  const take = (result: RunResult): void => {
    add(totals, result);
    for (const line of failureLines(result, steps)) say(line);
    if (totals.seeds % TELL_EVERY_SEEDS === 0 && totals.seeds < seeds) say(totalLine(totals));
  };
  await Promise.all(Array.from({ length: seeds }, (_, index) => pool.run({ seed: index + 1, steps }).then(take)));
  const seconds = (clock.monotonic() - since) / 1000;
  say(totalLine(totals));
  say(`${seconds.toFixed(1)} s, ${Math.round((totals.steps / seconds) * 60)} steps a minute`);
  return totals.broken === 0;
};

/** Twice, so that it is seen that a seed says everything. */
const runOne = async (seed: number, steps: number): Promise<boolean> => {
  const first = await runJob({ seed, steps });
  const second = await runJob({ seed, steps });
  for (const line of failureLines(first, steps)) say(line);
  const totals = noTotals();
  add(totals, first);
  say(totalLine(totals));
  say(`steps ${first.digest}, again ${second.digest}${first.digest === second.digest ? "" : ": NOT THE SAME"}`);
  return !first.broken && first.digest === second.digest;
};

const runBugs = async (pool: Pool): Promise<boolean> => {
  const found = await Promise.all(
    BUG_NAMES.map(async (bug) => {
      const result = await findBug(bug, 1, (job) => pool.run(job));
      say(`${bug}: ${BUGS[bug]}`);
      say(
        result?.broken
          ? `  found by seed ${result.seed}, invariant ${result.broken.invariant}: ${result.broken.words}`
          : `  NOT FOUND by ${MAX_SEEDS_OF_A_BUG} seeds`,
      );
      return result !== undefined;
    }),
  );
  say(`${found.filter(Boolean).length} of ${found.length} deliberate bugs found`);
  return found.every(Boolean);
};

const wholeNumber = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new Error(`--${name} must be a whole number from 1\n\n${USAGE}`);
  return Number(text);
};

const main = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string", default: "1000" },
      seed: { type: "string" },
      steps: { type: "string", default: String(DEFAULT_STEPS) },
      bugs: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    say(USAGE);
    return true;
  }
  const steps = wholeNumber("steps", values.steps);
  if (values.seed !== undefined) return runOne(wholeNumber("seed", values.seed), steps);
  const pool = createPool(availableParallelism());
  try {
    return await (values.bugs ? runBugs(pool) : runSeeds(pool, wholeNumber("seeds", values.seeds), steps));
  } finally {
    pool.close();
  }
};

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
