import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { temporaryFolder } from "@safar/single-node/test-support";
import { KILL_LIMIT_MS, LAUNCHER_ENDS_MS, STOP_LIMIT_MS } from "../src/launcher/limits.ts";
import { isAlive, readRunning, type Running } from "../src/launcher/running-file.ts";
import { LAUNCHED_BY, launcherMark } from "../src/launcher/unlisted.ts";
import { clusterMissing } from "./support/ground.ts";

t.setTimeout(900_000);
const { clock, timers } = realEnvironment();
const COMMAND = join(import.meta.dirname, "../src/cluster.ts");
/** Servers, relay, services and gateway stop one after the other, each as long at most as what has to be killed. */
const STAGES = 4;
/** As long as the launcher and its guard themselves may take. */
const GONE_WITHIN_MS = LAUNCHER_ENDS_MS + STAGES * (STOP_LIMIT_MS + KILL_LIMIT_MS);
/** The end of a process is told to who began it. */
const TOLD_WITHIN_MS = 5_000;
/** Servers, relay and a service: enough of each kind that a launcher leaves. */
const ENOUGH = 6;

const runLauncher = (t: Test, folder: string) => {
  const env = { PATH: process.env["PATH"], SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_LOG_LEVEL: "error" };
  const launcher = spawn(process.execPath, [COMMAND], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.on("data", (text: Buffer) => (output += text.toString()));
  const ended = once(launcher, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  t.teardown(async () => {
    launcher.kill("SIGTERM");
    await ended;
  });
  return { pid: launcher.pid ?? 0, output: () => output, ended, kill: (by: NodeJS.Signals) => launcher.kill(by) };
};

const until = async (what: string, isSo: () => boolean): Promise<void> => {
  const deadline = clock.monotonic() + GONE_WITHIN_MS;
  while (!isSo()) {
    if (clock.monotonic() > deadline) throw new Error(`never came: ${what}`);
    await timers.sleep(50);
  }
};

/** What runs once a launcher has begun enough. */
const whatRuns = async (folder: string, pid: number): Promise<Running> => {
  const now = (): Running | undefined => readRunning(join(folder, "cluster"));
  await until("a service", () => now()?.launcher.pid === pid && (now()?.children.length ?? 0) >= ENOUGH);
  return now()!;
};

/** The process beside a launcher: its child that is no program of the cluster. */
const guardOf = ({ launcher, children }: Running): number => {
  const own = readFileSync(`/proc/${launcher.pid}/task/${launcher.pid}/children`, "utf8").trim().split(" ").map(Number);
  return own.find((pid) => children.every((child) => child.pid !== pid))!;
};

t.test("nothing goes on after kill -9 of the launcher", { skip: clusterMissing() }, async (t) => {
  const folder = await temporaryFolder(t);
  const first = runLauncher(t, folder);
  const running = await whatRuns(folder, first.pid);
  const second = runLauncher(t, folder);
  t.same(await second.ended, [1, null], "no two launchers work on one folder");
  t.match(second.output(), `A cluster runs already on ${join(folder, "cluster")} (process ${first.pid})`);

  first.kill("SIGKILL");
  const since = clock.monotonic();
  let left = running.children;
  let last = left;
  await until("the end of all", () => {
    [last, left] = [left, left.filter(isAlive)];
    return left.length === 0;
  });
  t.comment(
    `${running.children.length} processes were gone ${Math.round(clock.monotonic() - since)} ms after the kill, at last ${last.map(({ name }) => name).join(", ")}`,
  );
  await until("the end of the file", () => readRunning(join(folder, "cluster")) === undefined);
});

t.test("nor does what the launcher had begun and not written down yet", { skip: clusterMissing() }, async (t) => {
  const folder = await temporaryFolder(t);
  const launcher = runLauncher(t, folder);
  const running = await whatRuns(folder, launcher.pid);
  const env = { [LAUNCHED_BY]: launcherMark(running.launcher) };
  const unlisted = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1_000)"], { env, stdio: "ignore" });
  const ended = once(unlisted, "exit");
  t.teardown(() => unlisted.kill("SIGKILL"));
  launcher.kill("SIGKILL");
  await until("the end of the file", () => readRunning(join(folder, "cluster")) === undefined);
  await Promise.race([ended, timers.sleep(TOLD_WITHIN_MS)]);
  t.equal(unlisted.signalCode, "SIGTERM");
});

t.test(
  "where the guard was killed too, the next start stops what was left, and says so",
  { skip: clusterMissing() || (process.platform !== "linux" && "the test finds the guard by /proc") },
  async (t) => {
    const folder = await temporaryFolder(t);
    const first = runLauncher(t, folder);
    const running = await whatRuns(folder, first.pid);
    process.kill(guardOf(running), "SIGKILL");
    first.kill("SIGKILL");
    await first.ended;
    t.ok(running.children.some(isAlive), "nobody is there to stop them");
    const next = runLauncher(t, folder);
    await until("the sentence", () => next.output().includes("an earlier run was killed and left eventstore, nats"));
    const { children } = await whatRuns(folder, next.pid);
    t.notOk(running.children.some(isAlive));
    next.kill("SIGTERM");
    t.same(await next.ended, [1, null], "stopped before it was ready");
    t.notOk(children.some(isAlive), "a stop while it starts leaves nothing either");
    t.equal(readRunning(join(folder, "cluster")), undefined);
  },
);
