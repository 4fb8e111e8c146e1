import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { realEnvironment } from "@safar/service-kit";

/** A line to a server that can fall silent: it stands, takes everything and passes nothing on. */
const startLine = async (t: Test, target: number) => {
  const sockets = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from);
      from.on("error", () => undefined).on("close", () => to.destroy());
      from.on("data", (bytes: Buffer) => isSilent || to.write(bytes));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { port: (server.address() as AddressInfo).port, fallSilent: () => (isSilent = true) };
};

/** A process of its own on a log that falls silent when it appends; it waits so long for an answer. */
const appendInVain = async (t: Test, limitMs: number) => {
  const eventstore = await startLocalEventStoreDb({ environment: realEnvironment() });
  t.teardown(() => eventstore.stop());
  const line = await startLine(t, eventstore.port);
  const program = fileURLToPath(new URL("support/serve-log.ts", import.meta.url));
  const env = {
    PATH: process.env["PATH"],
    EVENTSTORE_URL: `esdb://127.0.0.1:${line.port}?tls=false`,
    LOG_LIMIT_MS: String(limitMs),
  };
  const child = spawn(process.execPath, [program], { env });
  t.teardown(() => child.kill("SIGKILL"));
  let told = "";
  child.stderr.on("data", (text: Buffer) => (told += text.toString()));
  const ended = once(child, "exit");
  const [ready] = (await once(child.stdout, "data")) as [Buffer];
  t.match(ready.toString(), /is ready at -1/);
  line.fallSilent();
  child.stdin.write("append\n");
  await once(child.stdout, "data");
  return { child, ended, told: () => told };
};

t.setTimeout(120_000);

t.test("a process whose log hangs for good ends with an error, to be started again", async (t) => {
  const { ended, told } = await appendInVain(t, 500);
  t.same(await ended, [1, null]);
  t.match(told(), /1 appends to EventStoreDB did not settle when their connection was given up/);
  t.match(told(), /this process cannot go on and ends, to be started again/);
});

t.test("a stop that a hanging log holds up is cut off, and the log of the process says so", async (t) => {
  const { child, ended, told } = await appendInVain(t, 60_000);
  child.kill("SIGTERM");
  t.same(await ended, [1, null]);
  t.match(told(), /"why":"SIGTERM","msg":"stopping"/);
  t.match(told(), /"limitMs":15000.*the stop took too long and is cut off: nothing acknowledged is lost/);
});
