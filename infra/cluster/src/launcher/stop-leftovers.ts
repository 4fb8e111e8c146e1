import type { Environment } from "@safar/kernel";
import { KILL_LIMIT_MS, STOP_LIMIT_MS } from "./limits.ts";
import { isAlive, type Running, type RunningProcess } from "./running-file.ts";
import { unlistedOf } from "./unlisted.ts";

/** How often it is looked whether a process is gone. */
const LOOK_EVERY_MS = 50;

const signal = ({ pid }: RunningProcess, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It went meanwhile, or belongs to somebody who does not let it be stopped: it is looked whether it lives.
  }
};

/** The last stage first, each asked, and killed after a while. @returns those that live all the same */
const stopInStages = async (
  children: readonly RunningProcess[],
  { clock, timers }: Environment,
): Promise<readonly RunningProcess[]> => {
  const waitFor = async (some: readonly RunningProcess[], milliseconds: number) => {
    const deadline = clock.monotonic() + milliseconds;
    let alive = some.filter(isAlive);
    while (alive.length > 0 && clock.monotonic() < deadline) {
      await timers.sleep(LOOK_EVERY_MS);
      alive = alive.filter(isAlive);
    }
    return alive;
  };
  const stages = [...Map.groupBy(children, ({ stage }) => stage)].sort(([one], [other]) => other - one);
  const left: RunningProcess[] = [];
  for (const [, stage] of stages) {
    const alive = stage.filter(isAlive);
    for (const each of alive) signal(each, each.stopBy);
    const slow = await waitFor(alive, STOP_LIMIT_MS);
    for (const each of slow) signal(each, "SIGKILL");
    left.push(...(await waitFor(slow, KILL_LIMIT_MS)));
  }
  return left;
};

/** Stops what a launcher left behind. @returns those that live all the same */
export const stopLeftovers = async (running: Running, environment: Environment): Promise<readonly RunningProcess[]> => {
  const listed = await stopInStages(running.children, environment);
  return [...listed, ...(await stopInStages(unlistedOf(running), environment))];
};
