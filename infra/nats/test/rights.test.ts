import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, headers, nkeyAuthenticator, type NatsConnection } from "nats";
import t from "tap";
import { partitionOf } from "@safar/contracts";
import { durablesOf, runRelay, subscriberDurable } from "@safar/event-bus";
import { openJetStream, openJetStreamEventBus } from "@safar/event-bus/jetstream";
import { makeSite } from "../src/index.ts";
import { freePort, PATH, startServer } from "./support/server.ts";
import { decoder, environment, move, openLog, until } from "./support/world.ts";

/** A real server with the real configuration: what each may do works, and everything else is refused. */

const folder = await mkdtemp(join(tmpdir(), "safar-nats-site-"));
const port = await freePort();
const url = `tls://127.0.0.1:${port}`;
const site = makeSite({
  folder,
  services: ["visa-docs", "training"],
  subscribers: ["ministry"],
  listen: `127.0.0.1:${port}`,
  hosts: ["127.0.0.1", "localhost"],
  maxFileStore: "100MB",
});
const stop = await startServer(site.config);
const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};

const store = openLog();
const jetstream = openJetStream({
  url,
  caFile: site.caFile,
  ...site.filesOf("relay"),
  limits: {},
  environment,
  log,
  onFatal,
});
const stopping = new AbortController();
const relay = runRelay({
  store,
  decoder,
  stream: jetstream.stream,
  durables: [
    ...["visa-docs-reactions", "training-reactions"].flatMap((name) => durablesOf(name)),
    subscriberDurable("ministry"),
  ],
  environment,
  signal: stopping.signal,
});

t.teardown(async () => {
  stopping.abort();
  await relay.ended;
  await jetstream.close();
  await stop();
  rmSync(folder, { recursive: true });
});

/** The plain client with a user's keys, and what the server refused it. */
const as = async (user: string) => {
  const { credsFile, certFile, keyFile } = site.filesOf(user);
  const nats = await connect({
    servers: `127.0.0.1:${port}`,
    authenticator: nkeyAuthenticator(readFileSync(credsFile)),
    tls: { caFile: site.caFile, certFile, keyFile },
    inboxPrefix: `_INBOX.${user}`,
  });
  const refused: string[] = [];
  void (async () => {
    for await (const { permissionContext } of nats.status())
      if (permissionContext) refused.push(`${permissionContext.operation} ${permissionContext.subject}`);
  })();
  return { nats, refused };
};

const count = async (): Promise<number> => (await jetstream.stream.state())?.lastSequence ?? 0;
const ALL = "safar.events.registration.JourneyMoved._._.1";

t.before(async () => {
  await until("the stream", () => relay.status().state === "publishing");
});

t.test("nats-server finds the configuration good", async (t) => {
  const said = execFileSync("nats-server", ["-t", "-c", site.config], {
    env: { ...process.env, PATH },
    encoding: "utf8",
    stdio: "pipe",
  });
  t.type(said, "string");
  const broken = join(folder, "broken.conf");
  writeFileSync(broken, readFileSync(site.config, "utf8").replace("max_payload", "max_paylode"));
  t.throws(() => execFileSync("nats-server", ["-t", "-c", broken], { env: { ...process.env, PATH }, stdio: "pipe" }));
});

t.test("services and a subscriber outside get their events and acknowledge them", async (t) => {
  const seen: unknown[] = [];
  const { credsFile, certFile, keyFile } = site.filesOf("visa-docs");
  const bus = openJetStreamEventBus({
    url,
    credsFile,
    certFile,
    keyFile,
    caFile: site.caFile,
    apiPrefix: "LOG.API",
    service: "visa-docs",
    store,
    decoder,
    environment,
    log,
    onFatal,
  });
  const ended = bus.consume(
    {
      durable: "visa-docs-reactions",
      categories: ["journey"],
      types: ["JourneyMoved"],
      handle: async ({ data }) => void seen.push(data["to"]),
    },
    new AbortController().signal,
  );
  await move(store, "a", "1", "2", "3");
  await until("the events", () => seen.length === 3);
  t.strictSame(seen, ["1", "2", "3"]);
  await t.resolves(bus.check());
  await bus.close();
  await ended;
  const states = await jetstream.stream.durables();
  const mine = states.find(({ spec }) => spec.name === `visa-docs-reactions-${partitionOf({ streamId: "a" })}`);
  t.match(mine, { delivered: 3, unacknowledged: 0 }, "acknowledged through the import");
  t.match(bus.status(), { isConnected: false, denied: 0, foreign: 0, troubles: [] });

  const { nats, refused } = await as("ministry");
  const consumer = nats.jetstream({ apiPrefix: "LOG.API" }).consumers;
  const messages = await (await consumer.get("SAFAR", "ministry")).consume({ max_messages: 1 });
  let got = 0;
  for await (const message of messages) {
    message.ack();
    got += 1;
    if (got === 3) break;
  }
  await nats.flush();
  t.strictSame(refused, []);
  await nats.close();
});

t.test("a service that consumes another's durables gets nothing, and an operator can see it", async (t) => {
  const seen: unknown[] = [];
  const files = site.filesOf("training");
  const bus = openJetStreamEventBus({
    url,
    ...files,
    caFile: site.caFile,
    apiPrefix: "LOG.API",
    service: "training",
    store,
    decoder,
    environment,
    log,
    onFatal,
  });
  const consumer = { durable: "visa-docs-reactions", categories: ["journey"], types: ["JourneyMoved"] };
  const handle = async (): Promise<void> => void seen.push(1);
  const ended = bus.consume({ ...consumer, handle }, new AbortController().signal);
  await until("its refusal", () => bus.status().denied > 0);
  await bus.close();
  await ended;
  t.strictSame(seen, []);
});

const violation = (name: string, body: (nats: NatsConnection) => Promise<void> | void): void => {
  t.test(`a service may not ${name}`, async (t) => {
    const before = await count();
    const durables = JSON.stringify(await jetstream.stream.durables());
    const { nats, refused } = await as("training");
    await body(nats);
    await nats.flush();
    await until("its refusal", () => refused.length > 0);
    await nats.close();
    t.equal(await count(), before, "the stream has nothing more");
    t.equal(JSON.stringify(await jetstream.stream.durables()), durables, "and the durables are as they were");
    t.comment(refused.join(", "));
  });
};

violation("publish an event", (nats) => nats.publish(ALL, "forged"));
violation("pull from another's durable", (nats) =>
  nats.publish("LOG.API.CONSUMER.MSG.NEXT.SAFAR.visa-docs-reactions-1", '{"batch":1}', { reply: "_INBOX.training.x" }),
);
violation("acknowledge another's message", (nats) => nats.publish("$JS.ACK.SAFAR.ministry.1.1.1.1.0", "+ACK"));
violation("make a durable", (nats) =>
  nats.publish("LOG.API.CONSUMER.DURABLE.CREATE.SAFAR.mine", "{}", { reply: "_INBOX.training.x" }),
);
violation("ask JetStream itself past the import", (nats) =>
  nats.publish("$JS.API.STREAM.DELETE.SAFAR", "", { reply: "_INBOX.training.x" }),
);
violation("read another's inbox", (nats) => void nats.subscribe("_INBOX.visa-docs.>", { callback: () => undefined }));
violation(
  "listen to events past its durables",
  (nats) => void nats.subscribe("safar.events.>", { callback: () => undefined }),
);

t.test("an answer of JetStream that is asked for on an event's subject is not stored as an event", async (t) => {
  const before = await count();
  const { nats } = await as("training");
  const forged = headers();
  forged.set("Nats-Msg-Id", "forged");
  nats.publish("LOG.API.STREAM.INFO.SAFAR", "", { reply: ALL });
  nats.publish("LOG.API.CONSUMER.INFO.SAFAR.training-reactions-1", "", { reply: ALL });
  for (let partition = 0; partition < 16; partition += 1)
    nats.publish(`LOG.API.CONSUMER.MSG.NEXT.SAFAR.training-reactions-${partition}`, '{"batch":1,"no_wait":true}', {
      reply: ALL,
      headers: forged,
    });
  await nats.flush();
  // Behind all that came before it on this connection.
  await nats.request("LOG.API.STREAM.INFO.SAFAR");
  t.equal(await count(), before);
  await nats.close();
});

t.test("without a certificate of ours, or with a key that is none, nobody comes in", async (t) => {
  const { credsFile, certFile, keyFile } = site.filesOf("training");
  const authenticator = nkeyAuthenticator(readFileSync(credsFile));
  const servers = `127.0.0.1:${port}`;
  const timeout = 2_000;
  await t.rejects(connect({ servers, authenticator, timeout, reconnect: false, tls: { caFile: site.caFile } }));
  await t.rejects(connect({ servers, timeout, reconnect: false, tls: { caFile: site.caFile, certFile, keyFile } }));
});
