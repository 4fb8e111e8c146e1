import t from "tap";
import {
  createLifecycleBus,
  createMemoryJetStream,
  durablesOf,
  referenceOf,
  runRelay,
  type LifecycleStream,
} from "../src/index.ts";
import { createWriter, decoder, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { publishedIds } from "./support/judge.ts";
import { createVirtualTime } from "./support/virtual-time.ts";

/** What a relay must not take for done, each with one thing that happens at the worst moment. */

const WINDOW_MS = 3_000;

t.test("what another relay sends while one looks for its beginning is not sent again", async (t) => {
  const time = createVirtualTime(1);
  const { environment } = time;
  const broker = createMemoryJetStream({ environment, duplicateWindowMs: WINDOW_MS });
  const store = openStore();
  const write = createWriter(store);
  const relayOver = (stream: LifecycleStream, signal: AbortSignal) =>
    runRelay({ store, decoder, stream, durables: durablesOf("test"), environment, signal });
  const sendAll = async (): Promise<void> => {
    const stop = new AbortController();
    const relay = relayOver(broker.openStream(), stop.signal);
    const wanted = (await publishedIds(store)).length;
    while (broker.messages().length < wanted) await environment.timers.sleep(10);
    stop.abort();
    await relay.ended;
  };
  const first = sendAll();
  await write(...journey("a", "1"));
  await time.pass(10_000);
  await first;

  await write(...journey("a", "2"));
  const own = broker.openStream();
  let looks = 0;
  // The other one sends right after the look at the last message, and its id is forgotten before the look is answered.
  const overtaken: LifecycleStream = {
    ...own,
    async lastMessage() {
      const message = await own.lastMessage();
      looks += 1;
      if (looks > 1) return message;
      await sendAll();
      await environment.timers.sleep(2 * WINDOW_MS);
      return message;
    },
  };
  const stop = new AbortController();
  const relay = relayOver(overtaken, stop.signal);
  await time.pass(60_000);
  await write(...journey("a", "3"));
  await time.pass(60_000);
  stop.abort();
  await time.pass(1_000);
  await relay.ended;
  const ids = broker.messages().flatMap((message) => referenceOf(message)?.id ?? []);
  t.ok(looks > 1, "it was refused, and looked again");
  t.strictSame(ids, await publishedIds(store));
});

t.test("an answer that a message is known already, in another place, is not taken for its being stored", async (t) => {
  const time = createVirtualTime(2);
  const { environment } = time;
  const broker = createMemoryJetStream({ environment });
  const store = openStore();
  await createWriter(store)(...journey("a", "1", "2"));
  const own = broker.openStream();
  const expected = await publishedIds(store);
  let answers = 0;
  // A broker that still has the id of a message and no longer the message.
  const forgetful: LifecycleStream = {
    ...own,
    async publish(message, expectation) {
      if (message.id !== expected.at(-1) || answers > 0) return own.publish(message, expectation);
      answers += 1;
      return { sequence: 1, isDuplicate: true };
    },
  };
  const stop = new AbortController();
  const durables = durablesOf("test");
  const relay = runRelay({ store, decoder, stream: forgetful, durables, environment, signal: stop.signal });
  await time.pass(60_000);
  const { rebuilds } = relay.status();
  stop.abort();
  await time.pass(1_000);
  await relay.ended;
  t.equal(answers, 1);
  t.equal(rebuilds, 0, "it never believed that it had come further than the stream");
  t.strictSame(
    broker.messages().flatMap((message) => referenceOf(message)?.id ?? []),
    expected,
  );
});

t.test("what another relay sends and a consumer takes between two looks is no older state", async (t) => {
  const time = createVirtualTime(3);
  const { environment } = time;
  const broker = createMemoryJetStream({ environment });
  const store = openStore();
  const write = createWriter(store);
  const stop = new AbortController();
  const relayOver = (stream: LifecycleStream) =>
    runRelay({ store, decoder, stream, durables: durablesOf("test"), environment, signal: stop.signal });
  const working = relayOver(broker.openStream());
  const taken: string[] = [];
  const bus = createLifecycleBus({ reader: broker.openReader(), store, decoder, environment });
  const handle = async ({ id }: { readonly id: string }): Promise<void> => void taken.push(id);
  const consumer = { durable: "test", categories: ["journey"], types: ["JourneyMoved"], handle };
  const consuming = bus.consume(consumer, stop.signal);
  await write(...journey("a", "1"));
  await time.pass(10_000);

  const own = broker.openStream();
  let looks = 0;
  // Between the look at the stream and the one at its durables both have come further.
  const overtaken: LifecycleStream = {
    ...own,
    async durables() {
      looks += 1;
      if (looks === 1) {
        await write(...journey("a", "2"));
        await environment.timers.sleep(1_000);
      }
      return own.durables();
    },
  };
  const late = relayOver(overtaken);
  await time.pass(60_000);
  stop.abort();
  const closing = bus.close();
  await time.pass(10_000);
  await Promise.all([working.ended, late.ended, consuming, closing]);
  t.equal(working.status().rebuilds + late.status().rebuilds, 0);
  const expected = await publishedIds(store);
  t.strictSame(
    broker.messages().map((message) => referenceOf(message)?.id),
    expected,
  );
  t.strictSame(taken, expected, "nothing came twice");
});

t.test("a stream that another relay has built from this log meanwhile is not built once more", async (t) => {
  const time = createVirtualTime(4);
  const { environment } = time;
  const broker = createMemoryJetStream({ environment });
  const stop = new AbortController();
  const rebuilds = async (store: ReturnType<typeof openStore>, stream: LifecycleStream): Promise<number> => {
    const own = new AbortController();
    const signal = AbortSignal.any([own.signal, stop.signal]);
    const relay = runRelay({ store, decoder, stream, durables: durablesOf("test"), environment, signal });
    const wanted = (await publishedIds(store)).at(-1);
    const last = () => broker.messages().at(-1);
    const isThrough = () => last()?.headers["ce-id"] === wanted && relay.status().state === "publishing";
    for (let looks = 0; looks < 1_000 && !isThrough(); looks += 1) await environment.timers.sleep(10);
    own.abort();
    await relay.ended;
    return relay.status().rebuilds;
  };
  const lost = openStore();
  await createWriter(lost)(...journey("a", "1", "2"));
  const before = rebuilds(lost, broker.openStream());
  await time.pass(10_000);
  await before;

  const store = openStore();
  await createWriter(store)(...journey("b", "1"));
  const own = broker.openStream();
  let ofAnother: number | undefined;
  const overtaken: LifecycleStream = {
    ...own,
    async lastMessage() {
      const message = await own.lastMessage();
      ofAnother ??= await rebuilds(store, broker.openStream());
      return message;
    },
  };
  const late = rebuilds(store, overtaken);
  await time.pass(60_000);
  stop.abort();
  t.equal(ofAnother, 1);
  t.equal(await late, 0);
});
