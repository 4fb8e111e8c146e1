import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import t, { type Test } from "tap";
import type { Environment } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import { startGateway } from "../src/gateway/gateway.ts";
import { readRelays, readUpstreams, UpstreamsMalformed } from "../src/gateway/upstreams.ts";

t.setTimeout(120_000);
const environment = realEnvironment();
const log = pino({ level: "silent" });

/** Half a minute is half a second, so that what has to last is not waited for. */
const quick: Environment = {
  ...environment,
  clock: { ...environment.clock, monotonic: () => environment.clock.monotonic() * 60 },
  timers: { ...environment.timers, sleep: (ms, signal) => environment.timers.sleep(ms / 60, signal) },
};

interface Readiness {
  readonly status: string;
  readonly waiting: readonly string[];
  readonly degraded: readonly string[];
  readonly troubles: Readonly<Record<string, { readonly status?: string }>>;
}

type Answers = Record<string, readonly [status: number, body: unknown]>;

const WELL: Answers = { "/health/ready": [200, { status: "ready" }] };

/** A process that answers what it is told to. */
const startProcess = async (t: Test, first: Answers) => {
  let answers = first;
  const server = createServer(({ url = "" }, response) => {
    const [status, body] = answers[url] ?? [404, {}];
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  t.teardown(stop);
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, say: (next: Answers) => void (answers = next), stop };
};
type Process = Awaited<ReturnType<typeof startProcess>>;

const startBefore = async (t: Test, services: Record<string, Process>, relays: readonly Process[] = []) => {
  const upstreams = readUpstreams(
    Object.entries(services)
      .map(([name, { address }]) => `${name}=${address}`)
      .join(" "),
  );
  const gateway = await startGateway({
    upstreams,
    relays: readRelays(relays.map(({ address }) => address).join(",")),
    host: "127.0.0.1",
    port: 0,
    environment: quick,
    log,
  });
  t.teardown(() => gateway.stop());
  const ready = async () => {
    const answer = await fetch(`${gateway.address}/health/ready`);
    return { code: answer.status, ...((await answer.json()) as Readiness) };
  };
  /** What readiness says once it says so. */
  const until = async (status: string) => {
    for (;;) {
      const now = await ready();
      if (now.status === status) return now;
      await environment.timers.sleep(10);
    }
  };
  return { address: gateway.address, ready, until };
};

const relaySays = (relay: string, head: number, position: number): Answers => ({
  "/health/ready": [relay === "failing" ? 503 : 200, { relay, head: String(head), position: String(position) }],
  "/metrics": [200, `# TYPE safar_relay_lag gauge\nsafar_relay_lag ${head - position}\n`],
});

t.test("a relay that fails or stays behind is told, and takes no service away", async (t) => {
  const page = await startProcess(t, WELL);
  const relay = await startProcess(t, relaySays("publishing", 5, 5));
  const other = await startProcess(t, relaySays("standing-by", 5, 2));
  const { address, until, ready } = await startBefore(t, { "situation-center": page }, [relay, other]);
  t.match(await until("ready"), { code: 200, degraded: [], troubles: {} });
  const metrics = await (await fetch(`${address}/metrics`)).text();
  t.match(metrics, /^safar_relay_lag\{process="relay-1"\} 0$/m);
  t.match(metrics, /^safar_relay_lag\{process="relay-2"\} 3$/m);

  relay.say(relaySays("failing", 131_894, 5));
  const failing = await until("degraded");
  t.match(failing, { code: 200, degraded: ["relay"], waiting: [] });
  t.match(failing.troubles["relay"], { status: "degraded", relay: /^no relay publishes, .* 131889 positions behind/ });

  relay.say(relaySays("publishing", 131_894, 131_894));
  await until("ready");
  relay.say(relaySays("publishing", 131_900, 131_894));
  t.match((await until("degraded")).troubles["relay"], { relay: /^the stream is 6 positions behind/ });

  relay.say(relaySays("publishing", 131_901, 131_901));
  await until("ready");
  const since = quick.clock.monotonic();
  for (let head = 131_902; quick.clock.monotonic() - since < 90_000; head += 10) {
    relay.say(relaySays("publishing", head, head - 5));
    t.equal((await ready()).status, "ready", "one that follows is never quite there, and is well");
    await environment.timers.sleep(20);
  }

  relay.stop();
  other.stop();
  t.match((await until("degraded")).troubles["relay"], { relay: /^no relay answers/ });
  t.equal((await fetch(`${address}/relay/health/ready`)).status, 404, "no request is passed on to a relay");
});

t.test("what is not well with a service is told by process, and nothing of what is", async (t) => {
  const page = await startProcess(t, WELL);
  const unwritable = [{ part: "log", reason: "disk-full" }];
  const registration = await startProcess(t, {
    "/health/ready": [503, { status: "not-ready", log: false, waiting: ["registration"], unwritable, reactions: [] }],
  });
  const reactions = ["the stream of events does not answer"];
  const training = await startProcess(t, {
    "/health/ready": [200, { status: "degraded", log: true, head: "17", waiting: [], unwritable: [], reactions }],
  });
  const departure = await startProcess(t, {
    "/health/ready": [200, { status: "degraded", log: true, vault: false, files: false, reactions: [] }],
  });
  const gone = await startProcess(t, WELL);
  gone.stop();
  const { ready } = await startBefore(t, {
    "situation-center": page,
    registration,
    training,
    departure,
    selection: gone,
  });
  let now = await ready();
  while (now.troubles["situation-center-1"]) now = await ready();
  while (now.troubles["selection-1"]?.status !== "away" || now.degraded.length < 2) now = await ready();
  t.same(now, {
    code: 503,
    status: "not-ready",
    waiting: ["registration", "selection"],
    degraded: ["training", "departure"],
    troubles: {
      "registration-1": { status: "not-ready", log: false, waiting: ["registration"], unwritable },
      "training-1": { status: "degraded", reactions },
      "departure-1": { status: "degraded", vault: false, files: false },
      "selection-1": { status: "away" },
    },
  });
  registration.say(WELL);
  gone.stop();
  while (now.troubles["registration-1"]) now = await ready();
  t.same(now.waiting, ["selection"]);
});

t.test("a process without figures is told, and who is refused by one gets its refusal", async (t) => {
  const page = await startProcess(t, { ...WELL, "/metrics": [200, "safar_live_connections 1\n"] });
  const training = await startProcess(t, { ...WELL, "/metrics": [200, "safar_live_connections 2\n"] });
  const gone = await startProcess(t, WELL);
  gone.stop();
  const { address } = await startBefore(t, { "situation-center": page, training, registration: gone });
  const text = await (await fetch(`${address}/metrics`)).text();
  t.match(text, /^safar_process_up\{process="situation-center-1"\} 1$/m);
  t.match(text, /^safar_process_up\{process="registration-1"\} 0$/m);
  t.equal(text.match(/# TYPE safar_process_up gauge/g)?.length, 1);

  training.say({ ...WELL, "/metrics": [403, { code: "role-not-allowed" }] });
  for (const headers of [{}, { authorization: "Bearer x" }]) {
    const refused = await fetch(`${address}/metrics`, { headers });
    t.equal(refused.status, 403, "with a token or without, however many others answer");
    t.match(await refused.json(), { code: "role-not-allowed" });
  }
  training.say({ ...WELL, "/metrics": [503, {}] });
  const shown = await fetch(`${address}/metrics`);
  t.equal(shown.status, 200, "who cannot answer does not keep the others' figures back");
  t.match(await shown.text(), 'safar_live_connections{process="situation-center-1"} 1');
});

t.test("the reference leaves out who is away and says so, until all are there", async (t) => {
  const documentOf = (path: string): Answers => ({
    ...WELL,
    "/openapi.json": [200, { openapi: "3.1.0", info: { title: "Safar", description: "d" }, paths: { [path]: {} } }],
  });
  const page = await startProcess(t, documentOf("/live"));
  const registration = await startProcess(t, { "/openapi.json": [503, {}] });
  const { address } = await startBefore(t, { "situation-center": page, registration });
  const read = async () =>
    (await (await fetch(`${address}/openapi.json`)).json()) as { info: { description: string }; paths: object };
  const partial = await read();
  t.same(Object.keys(partial.paths), ["/live"]);
  t.match(partial.info.description, /^d\n\nNot complete: registration did not answer/);
  registration.say(documentOf("/registration/cases"));
  let now = partial;
  while (Object.keys(now.paths).length < 2) now = await read();
  t.equal(now.info.description, "d");
  t.equal((await fetch(`${address}/docs/json`)).status, 200);
});

t.test("a relay's address that is none is told", async (t) => {
  t.throws(() => readRelays("nats://relay"), UpstreamsMalformed);
  t.same(readRelays(undefined), []);
});
