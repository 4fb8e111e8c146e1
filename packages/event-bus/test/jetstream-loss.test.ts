import { connect } from "nats";
import t from "tap";
import { partitionOf } from "@safar/contracts";
import { createWriter, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { startConsumer, startRelay } from "./support/cluster.ts";
import { factsOf } from "./support/facts.ts";
import { putForeign } from "./support/foreign.ts";
import { publishedIds, streamIds } from "./support/judge.ts";
import { startNatsServer, type NatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";

/** What JetStream loses, refuses, or did not get from the relay. */

type Body = (t: Tap, server: NatsServer) => Promise<void>;
type Tap = Pick<typeof t, "comment" | "equal" | "match" | "notOk" | "ok" | "strictSame">;

const onServer = (name: string, body: Body): void => {
  t.test(name, async (t) => body(t, await startNatsServer(t)));
};

/** The stream's last message, without the headers that the broker understands. */
const lastMessage = async (url: string) => {
  const nats = await connect({ servers: url });
  const manager = await nats.jetstreamManager();
  const { state } = await manager.streams.info("SAFAR");
  const { header } = await manager.streams.getMessage("SAFAR", { seq: state.last_seq });
  await nats.close();
  const all = [...header].map(([name, [value]]) => [name, value ?? ""] as const);
  return {
    sequence: state.last_seq,
    headers: Object.fromEntries(all.filter(([name]) => !name.startsWith("Nats-"))),
  };
};

onServer(
  "its data is deleted: stream and durables are built again from the log, and consumers go on",
  async (t, server) => {
    const store = openStore();
    const write = createWriter(store);
    const relay = startRelay({ url: server.url, store });
    const consumer = startConsumer({ url: server.url, store, durable: "swift" });
    const facts = factsOf(700);
    await write(...facts.slice(0, 300));
    const before = (await publishedIds(store)).length;
    await consumer.recorder.untilSeen(before);
    await server.kill();
    await server.wipe();
    await server.start();
    // While nothing new happens, too.
    await until("all again", async () => (await streamIds(server.url).catch(() => undefined))?.ids.length === before);
    await consumer.recorder.untilSeen(2 * before);
    await write(...facts.slice(300));
    const expected = await publishedIds(store);
    await consumer.recorder.untilSeen(before + expected.length);
    t.equal(new Set(consumer.recorder.seen.map(({ id }) => id)).size, expected.length);
    await Promise.all([relay.stop(), consumer.stop()]);
    t.strictSame((await streamIds(server.url)).ids, expected);
  },
);

for (const withDurables of [true, false])
  for (const whose of ["the same relay", "a relay that was started anew"])
    onServer(
      `an older state is put back ${withDurables ? "with" : "without"} the durables' places: ${whose}`,
      async (t, server) => {
        const store = openStore();
        const write = createWriter(store);
        const facts = factsOf(600);
        let relay = startRelay({ url: server.url, store });
        const consumer = startConsumer({ url: server.url, store, durable: "swift" });
        await write(...facts.slice(0, 200));
        await consumer.recorder.untilSeen((await publishedIds(store)).length);
        await server.kill();
        await server.keepCopy();
        await server.start();
        await write(...facts.slice(200, 400));
        await consumer.recorder.until(() => consumer.recorder.names().some((name) => name.endsWith(":399")));
        if (whose !== "the same relay") await relay.stop();
        // It writes the durables' places to disk when it ends in peace.
        await server.kill("SIGTERM");
        await server.putBackCopy(withDurables);
        await server.start();
        if (whose !== "the same relay") relay = startRelay({ url: server.url, store });
        await write(...facts.slice(400));
        const expected = await publishedIds(store);
        await consumer.recorder.until(
          () => new Set(consumer.recorder.seen.map(({ id }) => id)).size === expected.length,
        );
        await until("the end", () => relay.status().position >= 599n);
        if (whose === "the same relay" || !withDurables) t.equal(relay.status().rebuilds, 1);
        await Promise.all([relay.stop(), consumer.stop()]);
        t.strictSame((await streamIds(server.url)).ids, expected);
      },
    );

onServer("an older log is put back: what the stream has beyond it is not kept", async (t, server) => {
  const newer = openStore();
  await createWriter(newer)(...factsOf(300));
  const first = startRelay({ url: server.url, store: newer });
  await until("the first log", () => first.status().position >= 299n);
  await first.stop();
  const older = openStore();
  const write = createWriter(older);
  await write(...factsOf(100));
  const second = startRelay({ url: server.url, store: older });
  await until("the second log", () => second.status().position >= 99n);
  await write(...journey("other", "1", "2"));
  await until("its end", () => second.status().position >= 101n);
  t.equal(second.status().rebuilds, 1);
  await second.stop();
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(older));
});

onServer("a durable that somebody deleted, or made otherwise, is made again", async (t, server) => {
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: server.url, store });
  const consumer = startConsumer({ url: server.url, store, durable: "swift" });
  await write(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);
  const durable = `swift-${partitionOf({ streamId: "a" })}`;
  const nats = await connect({ servers: server.url });
  const manager = await nats.jetstreamManager();
  await manager.consumers.delete("SAFAR", durable);
  await write(...journey("a", "2"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:2"));
  await manager.consumers.update("SAFAR", durable, { filter_subject: "safar.events.nothing.>", max_ack_pending: 10 });
  await until("its filter, and one message pending", async () => {
    const { config } = await manager.consumers.info("SAFAR", durable).catch(() => ({ config: undefined }));
    const filter = `safar.events.*.*.*.*.${partitionOf({ streamId: "a" })}`;
    return config?.filter_subject === filter && config.max_ack_pending === 1;
  });
  await write(...journey("a", "3"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:3"));
  await nats.close();
  await until("that it is told", () => consumer.book.has(/waited for|no messages/));
  await Promise.all([relay.stop(), consumer.stop()]);
  t.ok(consumer.book.has(/waited for|no messages/));
});

for (const [setting, value] of [
  ["max_deliver", 3],
  ["ack_policy", "none"],
  ["headers_only", true],
] as const)
  onServer(
    `a durable that somebody made with ${setting} ${value} is made anew, and its events come again`,
    async (t, server) => {
      const store = openStore();
      await createWriter(store)(...journey("a", "1"), ...journey("b", "1"));
      const first = startRelay({ url: server.url, store });
      await until("the durables", () => first.status().published === 2);
      await first.stop();
      const durable = `swift-${partitionOf({ streamId: "a" })}`;
      const nats = await connect({ servers: server.url });
      const manager = await nats.jetstreamManager();
      const { config } = await manager.consumers.info("SAFAR", durable);
      await manager.consumers.delete("SAFAR", durable);
      await manager.consumers.add("SAFAR", { ...config, [setting]: value });
      const consumer = startConsumer({ url: server.url, store, durable: "swift" });
      await until("its trouble", () => consumer.bus.status().troubles.some(({ kind }) => kind === "changed"));
      await consumer.recorder.until(() => consumer.recorder.names().includes("journey-b:1"));
      t.notOk(consumer.recorder.names().includes("journey-a:1"), "nothing is taken of it");
      const second = startRelay({ url: server.url, store });
      await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:1"));
      const after = (await manager.consumers.info("SAFAR", durable)).config;
      t.strictSame(after, config);
      await nats.close();
      await Promise.all([second.stop(), consumer.stop()]);
    },
  );

onServer(
  "the stream's own limit is reached: the relay waits, says so, and goes on when there is room",
  async (t, server) => {
    const store = openStore();
    await createWriter(store)(...factsOf(300));
    const narrow = startRelay({ url: server.url, store, limits: { maxMessages: 100 } });
    await until("the limit", () => narrow.status().state === "failing");
    t.match(narrow.status().failure, /maximum messages/);
    t.equal((await streamIds(server.url)).ids.length, 100, "nothing was thrown away for what is new");
    await narrow.stop();
    const wide = startRelay({ url: server.url, store, limits: { maxMessages: 10_000 } });
    await until("the end", () => wide.status().position >= 299n);
    t.equal(wide.status().rebuilds, 0);
    await wide.stop();
    t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
  },
);

onServer(
  "the server's quota is reached: the relay waits, readers go on, and it goes on when there is room",
  async (t, server) => {
    await server.kill();
    await server.change({ maxFileStore: 150_000 });
    await server.start();
    const store = openStore();
    await createWriter(store)(...factsOf(600));
    const relay = startRelay({ url: server.url, store });
    const consumer = startConsumer({ url: server.url, store, durable: "swift" });
    await until("the quota", () => relay.status().state === "failing");
    t.match(relay.status().failure, /resource|limit|quota|storage/i);
    const stored = (await streamIds(server.url)).ids.length;
    await consumer.recorder.untilSeen(stored);
    await server.kill("SIGTERM");
    await server.change({ maxFileStore: 100_000_000 });
    await server.start();
    const expected = await publishedIds(store);
    await consumer.recorder.untilSeen(expected.length);
    await until("the end", () => relay.status().position >= 599n);
    await Promise.all([relay.stop(), consumer.stop()]);
    t.strictSame((await streamIds(server.url)).ids, expected, `${stored} of ${expected.length} events fitted at first`);
  },
);

onServer("messages of others are noticed, passed over by the relay, and ignored by consumers", async (t, server) => {
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: server.url, store });
  const consumer = startConsumer({ url: server.url, store, durable: "swift" });
  await write(...journey("a", "1"), ...journey("b", "1"));
  await consumer.recorder.untilSeen(2);
  const subject = `safar.events.registration.JourneyMoved.1726._.${partitionOf({ streamId: "a" })}`;
  const { headers: withoutBroker } = await lastMessage(server.url);
  const invented = { ...withoutBroker, "ce-id": "invented", "Nats-Msg-Id": "invented" };
  await putForeign(server.url, 1, { subject });
  await putForeign(server.url, 1, { subject, headers: withoutBroker });
  await putForeign(server.url, 1, { subject, headers: { ...withoutBroker, "Nats-Msg-Id": "another" } });
  await until("noticed", () => relay.status().foreign === 3);
  await until("ignored", () => consumer.bus.status().foreign === 3);
  await write(...journey("a", "2"), ...journey("b", "2"));
  await consumer.recorder.untilSeen(4);
  t.equal(relay.status().rebuilds, 0);

  // With all that the relay's own have, but of no event of the log: the stream is built again without it.
  await putForeign(server.url, 1, { subject, headers: { ...invented, "Nats-Expected-Last-Sequence": "7" } });
  await until("built again", () => relay.status().rebuilds === 1);
  await write(...journey("a", "3"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:3"));
  await Promise.all([relay.stop(), consumer.stop()]);
  const names = new Set(consumer.recorder.names());
  t.strictSame([...names].sort(), ["journey-a:1", "journey-a:2", "journey-a:3", "journey-b:1", "journey-b:2"]);
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
});

onServer(
  "a message that tells of what is past the log's end holds nobody up once the stream is built again",
  async (t, server) => {
    const store = openStore();
    const write = createWriter(store);
    const relay = startRelay({ url: server.url, store });
    const consumer = startConsumer({ url: server.url, store, durable: "swift" });
    await write(...journey("a", "1"));
    await consumer.recorder.untilSeen(1);
    const subject = `safar.events.registration.JourneyMoved.1726._.${partitionOf({ streamId: "a" })}`;
    const { headers, sequence } = await lastMessage(server.url);
    await putForeign(server.url, 1, {
      subject,
      headers: {
        ...headers,
        "ce-id": "invented",
        "Nats-Msg-Id": "invented",
        "ce-subject": "journey-z",
        "ce-position": "9000000000000000000",
        "Nats-Expected-Last-Sequence": String(sequence),
      },
    });
    await until("caught", () => consumer.book.has(/event not handled/));
    await until("built again", () => relay.status().rebuilds === 1);
    await write(...journey("a", "2"));
    await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:2"));
    const head = await store.head();
    await until("its progress", () => (consumer.bus.progress("swift") ?? -1n) >= head);
    t.equal(consumer.bus.progress("swift"), head, "nobody is told of a place that the log does not have");
    await Promise.all([relay.stop(), consumer.stop()]);
    t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
  },
);
