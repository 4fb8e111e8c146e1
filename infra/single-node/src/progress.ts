import { SingleBar } from "cli-progress";
import type { Environment } from "@safar/kernel";

/** Where there is no terminal, a line now and then says as much. */
const LINE_EVERY_MS = 2_000;

/** Progress on standard error: a bar on a terminal, lines elsewhere. */
export const progressBar = (what: string, environment: Environment) => {
  if (!process.stderr.isTTY) {
    let last = -Infinity;
    return {
      update(done: number, total: number): void {
        const now = environment.clock.monotonic();
        if (now - last < LINE_EVERY_MS && done < total) return;
        last = now;
        process.stderr.write(`${what}: ${done} of ${total}\n`);
      },
      stop: (): void => undefined,
    };
  }
  const bar = new SingleBar({ format: `${what} {bar} {percentage}% {value}/{total}`, stream: process.stderr });
  let isStarted = false;
  return {
    update(done: number, total: number): void {
      if (!isStarted) bar.start(total, done);
      isStarted = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop(): void {
      if (isStarted) bar.stop();
    },
  };
};
