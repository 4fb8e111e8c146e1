import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, nkeyAuthenticator, type NatsConnection } from "nats";
import t from "tap";
import { partitionOf } from "@safar/contracts";
import { connectedUsers, openJetStream } from "@safar/event-bus/jetstream";
import { checkNatsConfiguration } from "@safar/testing/servers";
import { makeSite } from "../src/index.ts";
import { startSecured } from "./support/secured.ts";
import { environment, move, until } from "./support/world.ts";

/** A real server with the real configuration: what each may do works, and everything else is refused. */

const { folder, port, options, site, server, store, stream, relay, durable, as, busOf, count } = await startSecured(t);
const EVENT = "safar.events.registration.JourneyMoved._._.1";

t.test("nats-server finds the configuration good", async (t) => {
  t.doesNotThrow(() => checkNatsConfiguration(site.config));
  const broken = join(folder, "broken.conf");
  writeFileSync(broken, readFileSync(site.config, "utf8").replace("max_payload", "max_paylode"));
  t.throws(() => checkNatsConfiguration(broken));
});

t.test("services and a subscriber outside get their events and acknowledge them", async (t) => {
  const seen: unknown[] = [];
  const bus = busOf("visa-docs");
  const consumer = { durable: "visa-docs-reactions", categories: ["journey"], types: ["JourneyMoved"] };
  const handle = async ({ data }: { readonly data: object }): Promise<void> => void seen.push(Object.values(data)[0]);
  const ended = bus.consume({ ...consumer, handle }, new AbortController().signal);
  await move(store, "a", "1", "2", "3");
  await until("the events", () => seen.length === 3);
  t.strictSame(seen, ["1", "2", "3"]);
  await t.resolves(bus.check());
  await bus.close();
  await ended;
  const mine = await durable(`visa-docs-reactions-${partitionOf({ streamId: "a" })}`);
  t.match(mine, { delivered: 3, unacknowledged: 0 }, "acknowledged through the import");
  t.match(bus.status(), { isConnected: false, denied: 0, foreign: 0, troubles: [] });

  const { nats, refused } = await as("ministry");
  const consumers = nats.jetstream({ apiPrefix: "LOG.API" }).consumers;
  const messages = await (await consumers.get("SAFAR", "ministry")).consume({ max_messages: 1 });
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
  const bus = busOf("training");
  const consumer = { durable: "visa-docs-reactions", categories: ["journey"], types: ["JourneyMoved"] };
  const handle = async (): Promise<void> => void seen.push(1);
  const ended = bus.consume({ ...consumer, handle }, new AbortController().signal);
  await until("its refusal", () => bus.status().denied > 0);
  await bus.close();
  await ended;
  t.strictSame(seen, []);
});

t.test("who is connected in the stream's account the relay's user alone is told", async (t) => {
  const there = { url: `tls://localhost:${port}`, caFile: site.caFile, environment };
  const found = await connectedUsers({ ...there, ...site.filesOf("relay"), name: "relay" });
  t.same(found, [{ name: "relay", address: "127.0.0.1" }], "the relay that runs, and not who asks; no service");
  t.equal(await connectedUsers({ ...there, ...site.filesOf("training"), name: "training" }), undefined);
});

const violation = (name: string, body: (nats: NatsConnection) => Promise<void> | void): void => {
  t.test(`a service may not ${name}`, async (t) => {
    const before = await count();
    const durables = JSON.stringify(await stream.durables());
    const { nats, refused } = await as("training");
    await body(nats);
    await nats.flush();
    await until("its refusal", () => refused.length > 0);
    await nats.close();
    t.equal(await count(), before, "the stream has nothing more");
    t.equal(JSON.stringify(await stream.durables()), durables, "and the durables are as they were");
    t.comment(refused.join(", "));
  });
};

const reply = "_INBOX.training.x";
violation("publish an event", (nats) => nats.publish(EVENT, "forged"));
violation("pull from another's durable", (nats) =>
  nats.publish("LOG.API.CONSUMER.MSG.NEXT.SAFAR.visa-docs-reactions-1", '{"batch":1}', { reply }),
);
violation("look at another's durable", (nats) => nats.publish("LOG.API.CONSUMER.INFO.SAFAR.ministry", "", { reply }));
violation("acknowledge another's message", (nats) => nats.publish("$JS.ACK.SAFAR.ministry.1.1.1.1.0", "+ACK"));
violation("make a durable", (nats) => nats.publish("LOG.API.CONSUMER.DURABLE.CREATE.SAFAR.mine", "{}", { reply }));
violation("ask JetStream itself past the import", (nats) => nats.publish("$JS.API.STREAM.DELETE.SAFAR", "", { reply }));
violation("write to another's inbox", (nats) => nats.publish("_INBOX.visa-docs.x", ""));
violation("read another's inbox", (nats) => void nats.subscribe("_INBOX.visa-docs.>", { callback: () => undefined }));
violation(
  "listen to events past its durables",
  (nats) => void nats.subscribe("safar.events.>", { callback: () => undefined }),
);

t.test("without a certificate of ours, or with a key that is none, nobody comes in", async (t) => {
  const { credsFile, certFile, keyFile } = site.filesOf("training");
  const authenticator = nkeyAuthenticator(readFileSync(credsFile));
  const servers = `127.0.0.1:${port}`;
  const timeout = 2_000;
  await t.rejects(connect({ servers, authenticator, timeout, reconnect: false, tls: { caFile: site.caFile } }));
  await t.rejects(connect({ servers, timeout, reconnect: false, tls: { caFile: site.caFile, certFile, keyFile } }));
});

t.test("a subscriber is added while the server runs, and nobody loses the connection", async (t) => {
  const before = await as("training");
  makeSite({ ...options, subscribers: ["ministry", "archive"] });
  await server.kill("SIGHUP");
  const connected = async (): Promise<boolean> => {
    const client = await as("archive").catch(() => undefined);
    await client?.nats.close();
    return client !== undefined;
  };
  await until("its account", connected);
  // The server makes an account's imports at the reload after the one that made the account.
  await server.kill("SIGHUP");
  // While it reads its configuration, the server may refuse who is new in it once more.
  const isAnswered = async (): Promise<boolean> => {
    const client = await as("archive").catch(() => undefined);
    const answer = await client?.nats.request("LOG.API.STREAM.INFO.SAFAR").catch(() => undefined);
    await client?.nats.close();
    return answer !== undefined;
  };
  await until("its imports", isAnswered);
  t.match((await before.nats.request("LOG.API.STREAM.INFO.SAFAR")).json(), { config: { name: "SAFAR" } });
  await before.nats.close();
  const held = await count();
  await move(store, "after", "1");
  await until("a further event", async () => (await count()) > held);
  t.equal(relay.status().state, "publishing");
});

t.test("no name gives a subscriber what is another's", async (t) => {
  for (const name of [">", "*", "visa-docs-reactions-1", "training", "relay", "LOG", "a.b"])
    t.throws(() => makeSite({ ...options, folder: join(folder, "other"), subscribers: [name] }), /name/, name);
});

t.test("who shows no certificate is told that one may be missing: NATS itself says nothing of it", async (t) => {
  const reasons: string[] = [];
  const { credsFile } = site.filesOf("training");
  const there = { url: `tls://localhost:${port}`, caFile: site.caFile, credsFile, name: "training" };
  const { close } = openJetStream({
    ...there,
    limits: {},
    environment,
    log: { warn: ({ reason }) => void reasons.push(String(reason)) },
    onFatal: (error) => t.fail(error.message),
  });
  await until("its reason", () => reasons.length > 0);
  await close();
  t.match(reasons[0], /certificate/);
});
