import t from "tap";
import type { Environment } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import { freePorts, saysAlive } from "../src/launcher/listening.ts";
import { supervise } from "../src/launcher/supervise.ts";

t.setTimeout(120_000);
const environment = realEnvironment();
const { timers } = environment;
const TIMES = 40;
/** A minute is a second and a half. */
const quick: Environment = {
  ...environment,
  timers: {
    sleep: (ms, signal) => timers.sleep(ms / TIMES, signal),
    after: (ms, callback) => timers.after(ms / TIMES, callback),
  },
};

t.test("a process that hangs is killed and started again, and one that answers is left alone", async (t) => {
  const [port = 0] = await freePorts(1);
  const told: string[] = [];
  let answers = 0;
  const isAlive = async (signal: AbortSignal): Promise<boolean> => {
    const isSo = await saysAlive(port, signal);
    answers += 1;
    return isSo;
  };
  const supervised = supervise(
    {
      name: "registration-1",
      command: process.execPath,
      args: ["-e", `require("node:http").createServer((_, r) => r.end()).listen(${port}, "127.0.0.1")`],
      variables: {},
      isReady: () => saysAlive(port, new AbortController().signal),
      isAlive,
    },
    { environment: quick, tell: (line) => void told.push(line) },
  );
  t.teardown(() => supervised.stop());
  await supervised.ready;
  const first = supervised.pid()!;
  while (answers < 8) await timers.sleep(20);
  t.equal(supervised.pid(), first);
  t.same(told, []);

  process.kill(first, "SIGSTOP");
  while ((supervised.pid() ?? first) === first) await timers.sleep(20);
  t.same(told, [
    "registration-1 does not answer any more and is killed",
    "registration-1 ended with SIGKILL and is started again",
  ]);
  const before = answers;
  while (answers === before) await timers.sleep(20);
  t.throws(() => process.kill(first, 0), { code: "ESRCH" });
});
