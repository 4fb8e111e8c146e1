import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { makeSite, type Site } from "@safar/nats";
import { decoderOfEverything, realEnvironment } from "@safar/service-kit";
import { readLog, temporaryFolder, tokensOf } from "@safar/single-node/test-support";
import { candidateBody, createClient } from "@safar/testing";
import { developmentVault } from "../src/launcher/development-vault.ts";
import { findProgram } from "../src/launcher/find-program.ts";
import { freePorts, listens, saysReady } from "../src/launcher/listening.ts";
import type { Program } from "../src/launcher/program.ts";
import { supervise } from "../src/launcher/supervise.ts";
import { clusterMissing } from "./support/ground.ts";

/** A loaded machine takes its time. */
const LIMIT_MS = 60_000;
t.setTimeout(300_000);
const environment = realEnvironment();
const { clock, timers } = environment;
const programAt = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

type Variables = Readonly<Record<string, string>>;

/** NATS's own settings of one process: its credentials, its certificate, the authority. */
const settingsOf = (site: Site, user: string): Variables => {
  const { credsFile, certFile, keyFile } = site.filesOf(user);
  return { NATS_CREDS_FILE: credsFile, NATS_CA_FILE: site.caFile, NATS_CERT_FILE: certFile, NATS_KEY_FILE: keyFile };
};

const run = async (t: Test, program: Program): Promise<void> => {
  const running = supervise(program, { environment, tell: (line) => t.comment(line) });
  t.teardown(() => running.stop());
  await running.ready;
};

/** A process of ours; gives its address. */
const runOurs = async (t: Test, path: string, variables: Variables): Promise<string> => {
  const [port = 0] = await freePorts(1);
  await run(t, {
    name: path,
    command: process.execPath,
    args: [programAt(path)],
    variables: { PATH: process.env["PATH"] ?? "", ...variables, SAFAR_PORT: String(port) },
    isReady: () => saysReady(port),
  });
  return `http://127.0.0.1:${port}`;
};

/** NATS with accounts, rights and TLS, the relay, registration and placement confirmation, each as its own user. */
const startSecured = async (t: Test) => {
  const folder = await temporaryFolder(t);
  const home = join(folder, "cluster");
  await mkdir(join(home, "nats"), { recursive: true });
  const [port = 0, database = 0, files = 0] = await freePorts(3);
  const site = makeSite({
    folder: join(home, "nats"),
    services: ["registration", "placement-confirmation"],
    subscribers: [],
    listen: `127.0.0.1:${port}`,
    hosts: ["localhost"],
    maxFileStore: "100MB",
  });
  const eventstore = await startLocalEventStoreDb({ environment, folder: join(home, "eventstore") });
  t.teardown(() => eventstore.stop());
  const vault = await developmentVault({ folder: home, ports: [database, files], environment });
  const nats: Program = {
    name: "nats",
    command: findProgram("nats-server", "nats-server", "install it"),
    args: ["-c", site.config],
    variables: { PATH: process.env["PATH"] },
    isReady: () => listens(port),
  };
  await Promise.all([nats, ...vault.programs].map((program) => run(t, program)));
  const EVENTSTORE_URL = `esdb://127.0.0.1:${eventstore.port}?tls=false`;
  const NATS_URL = `tls://localhost:${port}`;
  const shared = { ...vault.variables, EVENTSTORE_URL, NATS_URL, SAFAR_DATA: folder, SAFAR_LOG_LEVEL: "error" };
  const service = (name: string): Promise<string> => {
    const SAFAR_READ_MODELS = join(home, "read-models", name);
    return runOurs(t, `services/${name}/src/main.ts`, { ...shared, ...settingsOf(site, name), SAFAR_READ_MODELS });
  };
  const [registration] = await Promise.all([
    service("registration"),
    service("placement-confirmation"),
    runOurs(t, "infra/relay/src/main.ts", { ...shared, ...settingsOf(site, "relay") }),
  ]);
  const store = await openEventStoreDb({ url: EVENTSTORE_URL, environment, onFatal: (error) => t.fail(error.message) });
  t.teardown(() => store.close());
  return { folder, registration, store };
};

t.test(
  "with accounts, credentials and TLS a command of one service leads to the reaction of another",
  { skip: clusterMissing() },
  async (t) => {
    const { folder, registration, store } = await startSecured(t);
    const tokens = await tokensOf(folder);
    const client = createClient(registration, environment, await tokens.of({ role: "registrar", unit: "1726" }));
    // Who is abroad already goes to placement confirmation as soon as their identity is proven.
    const body = candidateBody(1, { channel: "representation", startsAbroad: true });
    const { caseId } = (await client.post("/registration/cases", body)).body;
    const asked = await client.post(`/registration/cases/${caseId}/identity-requests`, { method: "document" });
    const proof = { requestId: asked.body.id, method: "document" };
    const proven = await client.post(`/registration/cases/${caseId}/identity-verifications`, proof);
    t.ok(proven.status < 300, JSON.stringify(proven.body));

    const opened = async () => {
      const events = await readLog(store, decoderOfEverything());
      return events.filter(({ type }) => type === "PlacementOpened");
    };
    const deadline = clock.monotonic() + LIMIT_MS;
    while ((await opened()).length === 0 && clock.monotonic() < deadline) await timers.sleep(50);
    t.match(
      (await opened()).map(({ meta }) => meta),
      [{ caseId, service: "placement-confirmation", actor: { kind: "system" } }],
    );
  },
);
