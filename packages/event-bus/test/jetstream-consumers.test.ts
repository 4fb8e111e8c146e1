import { connect } from "nats";
import t from "tap";
import { partitionOf, type DecodedEvent } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { createWriter, journey } from "./journeys.ts";
import { createRecorder } from "./recorder.ts";
import { openStore } from "./store.ts";
import { startProcess } from "./support/child.ts";
import { ACK_WAIT_MS, startConsumer, startRelay, SUBSCRIBER } from "./support/cluster.ts";
import { factsOf, openLogOf } from "./support/facts.ts";
import { outOfOrder, publishedEvents, publishedIds } from "./support/judge.ts";
import { createNatsServer, startNatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";
import { openSubscriber } from "./support/subscriber.ts";

/** Consumers against a real server that is killed: each event comes, none before the earlier ones of its case. */

const COUNT = Number(process.env["SAFAR_BUS_EVENTS"] ?? 900);
const ROUNDS = Number(process.env["SAFAR_BUS_ROUNDS"] ?? 3);

const idsOf = (seen: readonly { readonly id: string }[]): string[] => [...new Set(seen.map(({ id }) => id))].sort();

/** Names that a consumer's process printed, as events. */
const printed = async (store: EventStore, lines: readonly string[]) => {
  const byName = new Map(
    (await publishedEvents(store)).map((event) => [`${event.stream}:${String(event.data["to"])}`, event]),
  );
  return lines.flatMap((line) => byName.get(line) ?? []);
};

t.test("slow, crashing, replicated and absent consumers, while server and relay are killed", async (t) => {
  const server = await startNatsServer(t);
  const { url } = server;
  const store = await openLogOf(COUNT);
  const expected = await publishedEvents(store);
  const fatal = expected[Math.floor(expected.length / 3)];
  const fatalName = `${fatal?.stream}:${String(fatal?.data["to"])}`;

  let relay = startProcess("relay", url, String(COUNT));
  let slowHandled = 0;
  const slow = startConsumer({
    url,
    store,
    durable: "slow",
    async handle(event) {
      // One event that takes longer than the broker would wait, and it comes once.
      if (event.id === expected[5]?.id) await until("slow", delayed(2 * ACK_WAIT_MS));
      slowHandled += event.id === expected[5]?.id ? 1 : 0;
    },
  });
  await until("its slow event", () => slowHandled > 0);
  t.equal(slowHandled, 1, "told that it is still at it, the broker did not hand the event out again");
  // Two processes of one consumer, which note what they handle in one book.
  const together = createRecorder();
  const handle = async (event: DecodedEvent): Promise<void> => void together.note(event);
  const swift = [1, 2].map(() => startConsumer({ url, store, durable: "swift", handle }));
  const crashed: string[] = [];
  let crashes = 0;
  for (; crashes < ROUNDS; crashes += 1) {
    const process = startProcess("consumer", url, String(COUNT), "crashing", fatalName);
    await process.ended;
    crashed.push(...process.lines);
    await relay.kill();
    await server.kill();
    await server.start();
    relay = startProcess("relay", url, String(COUNT));
  }
  const mended = startProcess("consumer", url, String(COUNT), "crashing");
  const late = startConsumer({ url, store, durable: "late" });
  const subscriber = await openSubscriber(url, SUBSCRIBER);

  const has = (ids: readonly string[]): boolean => ids.length === expected.length;
  await until("swift", () => has(idsOf(together.seen)));
  await until("slow", () => has(idsOf(slow.recorder.seen)));
  await until("late", () => has(idsOf(late.recorder.seen)));
  await until("the subscriber", () => has([...new Set(subscriber.ids)]));
  await until("mended", async () => has(idsOf(await printed(store, [...crashed, ...mended.lines]))));

  const all = await publishedIds(store);
  t.strictSame(idsOf(slow.recorder.seen), [...all].sort());
  t.strictSame(outOfOrder(slow.recorder.seen, expected), [], "slow: in order");
  t.strictSame(outOfOrder(together.seen, expected), [], "swift: in order, whichever of the two handled it");
  t.ok(
    swift.every(({ recorder }) => recorder.seen.length > 0),
    "both took part",
  );
  t.strictSame(outOfOrder(late.recorder.seen, expected), [], "late: in order");
  t.strictSame(outOfOrder(await printed(store, [...crashed, ...mended.lines]), expected), [], "crashing: in order");
  t.strictSame([...new Set(subscriber.ids)], all, "the subscriber outside has them in the log's order");
  t.equal(crashed.filter((line) => line === fatalName).length, 0);
  await Promise.all([slow, late, ...swift].map((each) => each.stop()));
  await subscriber.close();
  await Promise.all([mended.kill(), relay.kill()]);
  t.comment(
    `${expected.length} events for 5 durable consumers; ${crashes} crashes, ${crashes} kills of the relay, ${server.kills} of the server`,
  );
});

/** True once so much time has passed. */
const delayed = (milliseconds: number): (() => boolean) => {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
};

t.test("two processes of one consumer share its partitions, and each event is handled once", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  await createWriter(store)(...factsOf(600));
  const relay = startRelay({ url: server.url, store });
  const both: DecodedEvent[] = [];
  const handle = async (event: DecodedEvent): Promise<void> => void both.push(event);
  const replicas = [1, 2].map(() => startConsumer({ url: server.url, store, durable: "swift", handle }));
  const expected = await publishedEvents(store);
  await until("all", () => both.length >= expected.length);
  await Promise.all(replicas.map((replica) => replica.stop()));
  await relay.stop();
  t.ok(
    replicas.every(({ recorder }) => recorder.seen.length > 0),
    "both took part",
  );
  t.strictSame(outOfOrder(both, expected), []);
  t.equal(both.length, expected.length);
});

t.test("an event that takes longer than the broker waits is handed to no other process meanwhile", async (t) => {
  const server = await createNatsServer();
  t.teardown(() => server.remove());
  await server.start();
  const store = openStore();
  const relay = startRelay({ url: server.url, store });
  let [begun, ended] = [0, 0];
  const handle = async (): Promise<void> => {
    begun += 1;
    await until("its end", delayed(2 * ACK_WAIT_MS));
    ended += 1;
  };
  // A process alone would not ask for it again: it is busy with it.
  const replicas = [1, 2].map(() => startConsumer({ url: server.url, store, durable: "slow", handle }));
  await createWriter(store)(...journey("a", "1"));
  await until("the slow event", () => ended > 0);
  t.equal(begun, 1, "the broker is told that the one is still at it");
  await Promise.all([relay, ...replicas].map((each) => each.stop()));
});

t.test("what a process is at when it stops is finished and acknowledged, and does not come again", async (t) => {
  const server = await createNatsServer();
  t.teardown(() => server.remove());
  await server.start();
  const store = openStore();
  const relay = startRelay({ url: server.url, store });
  const [begun, release] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const handle = async (): Promise<void> => {
    begun.resolve(undefined);
    await release.promise;
  };
  const consumer = startConsumer({ url: server.url, store, durable: "swift", handle });
  await createWriter(store)(...journey("a", "1"));
  await begun.promise;
  const stopped = consumer.stop();
  // Long enough for a connection that does not wait for it to be gone.
  await until("a while", delayed(200));
  release.resolve(undefined);
  await stopped;
  const nats = await connect({ servers: server.url });
  const durable = `swift-${partitionOf({ streamId: "a" })}`;
  t.match(await (await nats.jetstreamManager()).consumers.info("SAFAR", durable), {
    num_ack_pending: 0,
    ack_floor: { stream_seq: 1 },
  });
  await nats.close();
  await relay.stop();
});

t.test("an event that the log does not have yet is waited for", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: server.url, store });
  let isBehind = true;
  const follower: EventStore = {
    ...store,
    head: async () => (isBehind ? -1n : store.head()),
    readStream: (stream, options) => (isBehind ? store.readStream("nothing") : store.readStream(stream, options)),
  };
  const consumer = startConsumer({ url: server.url, store: follower, durable: "swift" });
  await write(...journey("a", "1"));
  await until(
    "its tries",
    () => consumer.book.lines.filter(({ message }) => message === "event not handled").length > 3,
  );
  isBehind = false;
  await consumer.recorder.untilSeen(1);
  t.equal(consumer.bus.status().foreign, 0);
  await Promise.all([consumer.stop(), relay.stop()]);
});

t.test("readiness says that NATS is away, and a consumer goes on by itself when it is back", async (t) => {
  const server = await createNatsServer();
  t.teardown(() => server.remove());
  const store = openStore();
  const write = createWriter(store);
  const consumer = startConsumer({ url: server.url, store, durable: "swift" });
  await t.rejects(consumer.bus.check(), { message: /not connected/ });
  await server.start();
  const relay = startRelay({ url: server.url, store });
  await write(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);
  await t.resolves(consumer.bus.check());
  await server.kill("SIGSTOP");
  await t.rejects(consumer.bus.check(), "a frozen server");
  await server.kill("SIGCONT");
  await write(...journey("a", "2"));
  await consumer.recorder.untilSeen(2);
  await Promise.all([consumer.stop(), relay.stop()]);
});

t.test("a process that NATS lets in no more is told to end", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const relay = startRelay({ url: server.url, store });
  const fatal: string[] = [];
  const onFatal = ({ message }: Error): void => void fatal.push(message);
  const consumer = startConsumer({ url: server.url, store, durable: "swift", onFatal });
  await createWriter(store)(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);
  await relay.stop();
  await server.kill();
  await server.change({ more: "authorization { token: changed }" });
  await server.start();
  await until("its end", () => fatal.length > 0);
  t.match(fatal, [/closed for good/]);
  await consumer.stop();
});
