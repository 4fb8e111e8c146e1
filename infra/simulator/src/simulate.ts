import type { Environment } from "@safar/kernel";
import { createApi, StepRefused, type ApiOptions } from "./api.ts";
import { walkJourney, type Ending } from "./journey.ts";
import { JOURNEYS_A_WAVE, KINDS, planJourneys, type Kind } from "./plan.ts";
import { prepareWorld, type Offering } from "./world.ts";

export interface SimulationOptions extends Omit<ApiOptions, "pace"> {
  readonly seed: number;
  readonly journeys: number;
  /** At most so many commands a second. */
  readonly speed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SimulationReport {
  readonly seed: number;
  readonly journeys: number;
  readonly commands: number;
  readonly arrived: number;
  readonly byKind: Readonly<Record<Kind, { readonly journeys: number; readonly arrived: number }>>;
  /** What did not arrive, by where it ended and why. */
  readonly ended: readonly { readonly reached: string; readonly reason: string; readonly count: number }[];
  readonly cases: readonly string[];
}

/** Journeys under way at once: enough to keep the speed while others wait for what follows by itself. */
const MAX_AT_ONCE = 48;

/** What the journeys of each wave choose from. */
const prepareWorlds = async (options: ApiOptions, seed: number, journeys: number) => {
  const worlds: (readonly Offering[])[] = [];
  for (let first = 0; first < journeys; first += JOURNEYS_A_WAVE)
    worlds.push(await prepareWorld(options, `${seed}.${worlds.length}`, JOURNEYS_A_WAVE));
  return worlds;
};

/** A gate that opens at most `speed` times a second, evenly. */
const pacer = (environment: Environment, speed: number, signal: AbortSignal | undefined) => {
  let next = environment.clock.monotonic();
  return async (): Promise<void> => {
    const now = environment.clock.monotonic();
    next = Math.max(next, now) + 1000 / speed;
    const wait = next - 1000 / speed - now;
    if (wait > 1) await environment.timers.sleep(wait, signal);
  };
};

const failed = (error: unknown): Ending =>
  error instanceof StepRefused
    ? { reached: error.step, reason: error.code }
    : { reached: "stopped", reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };

/** Drives journeys through the public HTTP API only, and stops by itself. */
export const simulate = async (options: SimulationOptions): Promise<SimulationReport> => {
  const { environment, seed, journeys, speed, signal } = options;
  let commands = 0;
  const paced = pacer(environment, speed, signal);
  const apiOptions: ApiOptions = {
    ...options,
    pace: async () => {
      await paced();
      commands += 1;
    },
  };
  const worlds = await prepareWorlds(apiOptions, seed, journeys);
  const plans = planJourneys(seed, journeys);
  const endings: { kind: Kind; ending: Ending }[] = [];
  let begun = 0;
  const worker = async (): Promise<void> => {
    for (let number = begun++; number < journeys && !signal?.aborted; number = begun++) {
      const plan = plans[number];
      const offerings = worlds[Math.floor(number / JOURNEYS_A_WAVE)];
      if (!plan || !offerings) throw new Error(`journey ${number} was not planned`);
      const { kind } = plan;
      const ending = await walkJourney(plan, createApi(apiOptions, plan.name), offerings).catch(failed);
      endings.push({ kind, ending });
      options.onProgress?.(endings.length, journeys);
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_AT_ONCE, journeys) }, worker));
  return reportOf(seed, journeys, commands, endings);
};

const isArrived = ({ reached }: Ending): boolean => reached === "PaymentSettled";

const reportOf = (
  seed: number,
  journeys: number,
  commands: number,
  endings: readonly { readonly kind: Kind; readonly ending: Ending }[],
): SimulationReport => {
  const byKind = Object.fromEntries(
    KINDS.map((kind) => {
      const own = endings.filter((each) => each.kind === kind);
      return [kind, { journeys: own.length, arrived: own.filter(({ ending }) => isArrived(ending)).length }];
    }),
  ) as SimulationReport["byKind"];
  const counts = new Map<string, { reached: string; reason: string; count: number }>();
  for (const { ending } of endings.filter((each) => !isArrived(each.ending))) {
    const { reached, reason = "" } = ending;
    const entry = counts.get(`${reached} ${reason}`) ?? { reached, reason, count: 0 };
    entry.count += 1;
    counts.set(`${reached} ${reason}`, entry);
  }
  return {
    seed,
    journeys,
    commands,
    arrived: endings.filter(({ ending }) => isArrived(ending)).length,
    byKind,
    ended: [...counts.values()].sort((a, b) => b.count - a.count),
    cases: endings.flatMap(({ ending }) => (ending.caseId === undefined ? [] : [ending.caseId])),
  };
};
