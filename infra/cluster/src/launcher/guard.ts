import { once } from "node:events";
import { realEnvironment } from "@safar/service-kit/environment";
import { LAUNCHER_ENDS_MS } from "./limits.ts";
import { isAlive, readRunning, removeRunning } from "./running-file.ts";
import { stopLeftovers } from "./stop-leftovers.ts";

/**
 * Stands beside a launcher and holds one end of a pipe from it. When the launcher is gone, however it ended, so is the
 * other end; then what it left behind is stopped. `guard.ts FOLDER`
 */
const LOOK_EVERY_MS = 20;

const environment = realEnvironment();
const { clock, timers } = environment;
const [, , folder = "."] = process.argv;
process.stdin.resume();
await once(process.stdin, "close");
const running = readRunning(folder);
if (running) {
  const { launcher } = running;
  const deadline = clock.monotonic() + LAUNCHER_ENDS_MS;
  while (isAlive(launcher) && clock.monotonic() < deadline) await timers.sleep(LOOK_EVERY_MS);
  if (!isAlive(launcher) && (await stopLeftovers(running, environment)).length === 0) removeRunning(folder, launcher);
}
