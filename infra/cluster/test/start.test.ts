import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import t from "tap";
import type { Environment } from "@safar/kernel";
import { readSettings, realEnvironment } from "@safar/service-kit";
import { temporaryFolder } from "@safar/single-node/test-support";
import { startCluster } from "../src/launcher/start-cluster.ts";
import { findProgram } from "../src/launcher/find-program.ts";
import { clusterMissing } from "./support/ground.ts";

t.setTimeout(300_000);
/** How often a start that waits says so. */
const TELL_EVERY_MS = 15_000;
const run = promisify(execFile);
const COMMAND = join(import.meta.dirname, "../src/cluster.ts");
const MIGRATE = join(import.meta.dirname, "../src/migrate.ts");
const NODE = join(import.meta.dirname, "../../single-node/src/start.ts");

t.test("a port that is taken, and data of a single node, are told before anything is started", async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, "log"));
  await writeFile(join(folder, "log", "log.sqlite"), "");
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const env = { PATH: process.env["PATH"], SAFAR_DATA: folder, SAFAR_PORT: String(port) };
  const ended = await run(process.execPath, [COMMAND], { env }).catch((error: unknown) => error);
  t.match(ended, { code: 1, stderr: `Port ${port} is taken by another program` });
  t.match(ended, { stderr: `npm run migrate -- --from ${folder} --to esdb://` });
  t.notMatch(ended, { stderr: /\n\s+at / }, "sentences, and no trace");
  t.notOk(existsSync(join(folder, "cluster")), "nothing was made");
});

t.test("a program that is missing is told with how to get it, and how to do without", async (t) => {
  t.throws(() => findProgram("no-such-server", "its-package", "set NATS_URL to a server that runs already"), {
    name: "NotDone",
    message:
      "no-such-server is not installed: apt-get install its-package, or set NATS_URL to a server that runs already.",
  });
});

t.test(
  "who starts a cluster whose log is away is told now and then who is waited for",
  { timeout: 60_000 },
  async (t) => {
    const folder = await temporaryFolder(t);
    const nowhere = "127.0.0.1:1";
    const { settings } = readSettings({
      SAFAR_DATA: folder,
      SAFAR_PORT: "0",
      EVENTSTORE_URL: `esdb://${nowhere}?tls=false`,
      NATS_URL: `nats://${nowhere}`,
      VAULT_URL: `postgres://safar@${nowhere}/safar`,
      FILES_URL: `http://key:secret@${nowhere}/files`,
    });
    const real = realEnvironment();
    const after: Environment["timers"]["after"] = (milliseconds, callback) =>
      real.timers.after(milliseconds === TELL_EVERY_MS ? 10 : milliseconds, callback);
    const stopping = new AbortController();
    const told: string[] = [];
    const starting = startCluster({
      settings,
      replicas: 1,
      variables: { PATH: process.env["PATH"], NATS_URL: settings.NATS_URL, EVENTSTORE_URL: settings.EVENTSTORE_URL },
      environment: { ...real, timers: { ...real.timers, after } },
      tell: (line) => void told.push(line),
      onProgress(line) {
        told.push(line);
        if (told.length >= 3) stopping.abort(new Error("told enough"));
      },
      signal: stopping.signal,
    });
    await t.rejects(starting, { message: "told enough" });
    t.same(told.slice(0, 3), ["starting relay", "still waiting for relay", "still waiting for relay"]);
  },
);

t.test(
  "the servers alone are started for who moves a node there, and the printed command does it",
  { skip: clusterMissing() },
  async (t) => {
    const folder = await temporaryFolder(t);
    const env = { PATH: process.env["PATH"], SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_LOG_LEVEL: "error" };
    const node = spawn(process.execPath, [NODE], { env, stdio: ["ignore", "pipe", "ignore"] });
    const nodeEnded = once(node, "exit");
    t.teardown(() => node.kill("SIGKILL"));
    await once(node.stdout, "data");
    node.kill("SIGTERM");
    await nodeEnded;

    const servers = spawn(process.execPath, [COMMAND, "--servers"], { env, stdio: ["ignore", "pipe", "pipe"] });
    let complaints = "";
    servers.stderr.on("data", (text: Buffer) => (complaints += text.toString()));
    const ended = once(servers, "exit");
    t.teardown(async () => {
      servers.kill("SIGTERM");
      await ended;
    });
    const [printed] = (await once(servers.stdout, "data")) as [Buffer];
    const line = printed.toString().trim();
    const [, credentials = ""] = /credentialsFile=([^'&]+)/.exec(line) ?? [];
    const [, secret = "?"] = readFileSync(decodeURIComponent(credentials), "utf8").split(":");
    t.notMatch(line, secret, "no secret stands in it");
    t.notMatch(complaints, /holds the data of a single node/, "whoever moves a node knows that");
    const command = line.replace("npm run migrate --", `'${process.execPath}' '${MIGRATE}'`);
    const moved = await run("sh", ["-c", command], { env: { PATH: process.env["PATH"] } });
    t.match(moved.stdout, /events are there and were compared/);
    t.ok(existsSync(join(folder, "moved.json")));
    servers.kill("SIGINT");
    t.same(await ended, [0, null]);
  },
);

t.test("a service alone does not start without what its replicas have to share, the bus too", async (t) => {
  const file = join(import.meta.dirname, "../../../services/training/src/main.ts");
  const folder = await temporaryFolder(t);
  const refused = async (variables: Readonly<Record<string, string>>, stderr: string): Promise<void> => {
    const env = { PATH: process.env["PATH"], SAFAR_DATA: folder, SAFAR_PORT: "0", ...variables };
    const ended = await run(process.execPath, [file], { env }).catch((error: unknown) => error);
    t.match(ended, { code: 1, stderr, stdout: "" });
    t.notMatch(ended, { stderr: /\n\s+at / }, "a sentence, and no trace");
  };
  const log = { EVENTSTORE_URL: "esdb://127.0.0.1:1?tls=false" };
  const vault = { VAULT_URL: "postgres://127.0.0.1:1/safar", FILES_URL: "http://127.0.0.1:1/files" };
  await refused(
    { ...log, ...vault },
    "training as a process of its own needs a bus that all processes share: set NATS_URL,",
  );
  await refused({}, "set EVENTSTORE_URL and VAULT_URL and NATS_URL, or run all services in one process with npm start");
});
