import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Environment } from "@safar/kernel";
import { NotDone } from "@safar/service-kit/command-line";
import { STOP_LIMIT_MS } from "./limits.ts";
import { hangs } from "./liveness.ts";
import type { Program } from "./program.ts";
import type { RunningFile } from "./running-file.ts";
import { LAUNCHED_BY, launcherMark } from "./unlisted.ts";

/** A program under the launcher's eyes: what ends by itself or hangs is started again. */
export interface Supervised {
  readonly program: Program;
  /** Of the process that runs now; undefined between two. */
  pid(): number | undefined;
  /** Resolves once it has been ready for the first time. @throws NotDone where it ends again and again before */
  readonly ready: Promise<unknown>;
  /** Asks it to stop, and insists after a while. */
  stop(): Promise<void>;
}

/** The pause before a program is started again, doubled from the first to the last. */
const RESTART_FIRST_MS = 100;
const RESTART_LAST_MS = 5_000;
/** Who ran for so long has started well: the next pause is a short one again. */
const RAN_WELL_MS = 10_000;
/** A program that ends so often before it was ever ready will not come to it. */
const MAX_FAILED_STARTS = 3;
/** How often it is looked whether a program is ready. */
const LOOK_EVERY_MS = 100;
/** What is kept of what a program complains about, to tell why it does not start. */
const MAX_COMPLAINT = 2_000;

interface Ground {
  readonly environment: Environment;
  /** What happens to programs, as lines for a person. */
  readonly tell: (line: string) => void;
  /** Takes down who runs, for whoever has to stop it when this process cannot. */
  readonly running?: RunningFile;
  /** Those with the highest are stopped first. */
  readonly stage?: number;
  /** Nobody waits for a clean end any more. */
  readonly killing?: AbortSignal | undefined;
}

const spawned = ({ command, args, variables, user }: Program, file: RunningFile | undefined): ChildProcess =>
  spawn(command, args, {
    env: {
      ...Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)),
      ...(file && { [LAUNCHED_BY]: launcherMark(file.launcher) }),
    },
    stdio: ["ignore", "ignore", "pipe"],
    // Ctrl-C in a terminal goes to the launcher alone, which stops everything in its order.
    detached: true,
    ...user,
  });

/** Starts a program and keeps it running until it is stopped. */
export const supervise = (program: Program, ground: Ground): Supervised => {
  const { environment, tell, running: file, stage = 0, killing } = ground;
  const { clock, timers } = environment;
  const stopping = new AbortController();
  const { signal } = stopping;
  const ready = Promise.withResolvers<undefined>();
  ready.promise.catch(() => undefined);
  const isStopping = (): boolean => signal.aborted;
  let wasReady = false;
  let child: ChildProcess | undefined;
  let complaint = "";

  const watchForReadiness = async (): Promise<void> => {
    while (!signal.aborted && !wasReady) {
      if (child && (await program.isReady().catch(() => false))) {
        wasReady = true;
        ready.resolve(undefined);
      }
      await timers.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  };

  /** Resolves with how it ended. */
  const runOnce = async (): Promise<string> => {
    const started = spawned(program, file);
    child = started;
    complaint = "";
    const { pid = 0 } = started;
    if (pid !== 0) file?.began({ name: program.name, pid, stage, stopBy: program.stopBy ?? "SIGTERM" });
    started.stderr?.on("data", (text: Buffer) => {
      complaint = (complaint + text.toString()).slice(-MAX_COMPLAINT);
      process.stderr.write(text);
    });
    const over = new AbortController();
    void hangs(program, environment, over.signal).then((isHanging) => {
      if (!isHanging) return;
      tell(`${program.name} does not answer any more and is killed`);
      started.kill("SIGKILL");
    });
    try {
      const [status, by] = (await once(started, "close")) as [number | null, NodeJS.Signals | null];
      return by ?? `status ${String(status)}`;
    } catch (error) {
      complaint = (error as Error).message;
      return "no start";
    } finally {
      over.abort();
      child = undefined;
      file?.ended(pid);
    }
  };

  const keepRunning = async (): Promise<void> => {
    let pause = RESTART_FIRST_MS;
    for (let failures = 0; !isStopping();) {
      const since = clock.monotonic();
      const how = await runOnce();
      if (isStopping()) return;
      if (!wasReady) failures += 1;
      if (failures >= MAX_FAILED_STARTS) {
        const why = complaint.trim() || `see ${program.logFile ?? "its log"}`;
        ready.reject(new NotDone(`${program.name} does not start (${how}): ${why}`));
        return;
      }
      if (clock.monotonic() - since >= RAN_WELL_MS) pause = RESTART_FIRST_MS;
      tell(`${program.name} ended with ${how} and is started again`);
      await timers.sleep(pause, signal).catch(() => undefined);
      pause = Math.min(pause * 2, RESTART_LAST_MS);
    }
  };
  const running = Promise.all([keepRunning(), watchForReadiness()]);

  return {
    program,
    pid: () => child?.pid,
    ready: ready.promise,
    async stop() {
      stopping.abort();
      child?.kill(killing?.aborted === true ? "SIGKILL" : (program.stopBy ?? "SIGTERM"));
      const kill = (): void => {
        tell(`${program.name} does not stop and is killed`);
        child?.kill("SIGKILL");
      };
      const cancel = timers.after(STOP_LIMIT_MS, kill);
      killing?.addEventListener("abort", kill);
      await running;
      cancel();
      killing?.removeEventListener("abort", kill);
      ready.reject(new NotDone(`${program.name} was stopped before it was ready`));
    },
  };
};
