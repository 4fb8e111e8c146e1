import type { Environment } from "@safar/kernel";
import { NotDone } from "@safar/service-kit/command-line";
import { isAlive, readRunning, removeRunning } from "./running-file.ts";
import { stopLeftovers } from "./stop-leftovers.ts";

/**
 * Stops what an earlier launcher left on the folder when it was killed, so that no two programs write there.
 * @throws NotDone where a launcher works on it, or something cannot be stopped
 */
export const takeOver = async (
  folder: string,
  environment: Environment,
  tell: (line: string) => void,
): Promise<void> => {
  const running = readRunning(folder);
  if (!running) return;
  const { launcher, children } = running;
  if (isAlive(launcher))
    throw new NotDone(
      `A cluster runs already on ${folder} (process ${launcher.pid}): stop it with Ctrl-C or kill ${launcher.pid}, or set SAFAR_DATA to another folder.`,
    );
  const alive = children.filter(isAlive);
  if (alive.length > 0)
    tell(`an earlier run was killed and left ${alive.map(({ name }) => name).join(", ")}: they are stopped first`);
  const left = await stopLeftovers(running, environment);
  if (left.length > 0)
    throw new NotDone(
      `What an earlier run left on ${folder} does not stop: kill -9 ${left.map(({ pid }) => pid).join(" ")}, then start again.`,
    );
  removeRunning(folder, launcher);
};
