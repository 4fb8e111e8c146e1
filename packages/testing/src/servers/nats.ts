import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";

/** A real nats-server of the system's packages, on a configuration of the test's own. */
export interface NatsProcess {
  /** Resolves when it takes connections. @throws what it said, where it ends instead */
  start(): Promise<void>;
  /** By default as a power button would; `SIGSTOP` and `SIGCONT` freeze it, `SIGHUP` has it read its files again. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** How often it was ended. */
  readonly kills: number;
}

/** Debian keeps servers where only root's path leads. One that stands before them in the path is taken first. */
const environment = { ...process.env, PATH: `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin` };
/** Loaded machines take their time; a healthy server starts within a second. */
const START_MILLISECONDS = 60_000;
const LIVES_ON: ReadonlySet<NodeJS.Signals> = new Set(["SIGSTOP", "SIGCONT", "SIGHUP"]);

/** `2.9.10` */
export const natsVersion = (): string =>
  /v(\d+\.\d+\.\d+)/.exec(execFileSync("nats-server", ["--version"], { env: environment, encoding: "utf8" }))?.[1] ??
  "";

/** What `nats-server -t` finds of a configuration, without starting. @throws where it is wrong */
export const checkNatsConfiguration = (config: string): void => {
  execFileSync("nats-server", ["-t", "-c", config], { env: environment, stdio: "pipe" });
};

const becomesReady = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`nats-server did not start: ${said}`)), START_MILLISECONDS);
    child.once("error", reject);
    child.once("exit", () => {
      clearTimeout(timer);
      reject(new Error(`nats-server ended: ${said}`));
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-10_000);
      if (!said.includes("Server is ready")) return;
      clearTimeout(timer);
      resolve();
    });
  });

/** Its threads stop one after the other, and until the last has it may still answer. */
const untilFrozen = async (pid: number): Promise<void> => {
  const tasks = `/proc/${pid}/task`;
  const stateOf = (task: string): string | undefined =>
    /\) (\w)/.exec(readFileSync(`${tasks}/${task}/stat`, "utf8"))?.[1];
  while (existsSync(tasks) && readdirSync(tasks).some((task) => stateOf(task) !== "T")) await turn();
};

/** @param args of the command line, before those of the configuration */
export const natsProcess = (config: string, args: readonly string[] = []): NatsProcess => {
  let running: ChildProcess | undefined;
  let kills = 0;
  return {
    async start() {
      const child = spawn("nats-server", [...args, "-c", config], {
        env: environment,
        stdio: ["ignore", "ignore", "pipe"],
      });
      running = child;
      const endWithUs = (): void => void child.kill("SIGKILL");
      process.once("exit", endWithUs);
      child.once("exit", () => process.off("exit", endWithUs));
      await becomesReady(child);
    },
    async kill(signal = "SIGKILL") {
      const child = running;
      if (LIVES_ON.has(signal)) {
        child?.kill(signal);
        if (signal === "SIGSTOP" && child?.pid !== undefined) await untilFrozen(child.pid);
        return;
      }
      running = undefined;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      kills += 1;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    },
    get kills() {
      return kills;
    },
  };
};
