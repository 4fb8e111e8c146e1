import t from "tap";
import { createWriter } from "./journeys.ts";
import { openStore } from "./store.ts";
import { startProcess } from "./support/child.ts";
import { startRelay } from "./support/cluster.ts";
import { factsOf, openLogOf } from "./support/facts.ts";
import { putForeign } from "./support/foreign.ts";
import { publishedIds, streamIds } from "./support/judge.ts";
import { startNatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";

/** The relay against a real server: whoever dies, the stream is the log's published events, each once, in order. */

t.test("the relay is killed again and again while it publishes", async (t) => {
  const server = await startNatsServer(t);
  const count = 12_000;
  let kills = 0;
  for (let position = 0; position < 9_000; kills += 1) {
    const relay = startProcess("relay", server.url, String(count));
    const positionNow = (): number => Number(relay.lines.at(-1)?.split(" ")[1] ?? 0);
    const target = position + 400 + (kills % 3) * 300;
    await until("progress", () => positionNow() >= target);
    await relay.kill();
    position = positionNow();
  }
  const store = await openLogOf(count);
  const relay = startRelay({ url: server.url, store });
  const expected = await publishedIds(store);
  await until("the end", async () => relay.status().position >= (await store.head()));
  await relay.stop();
  const { ids } = await streamIds(server.url);
  t.equal(ids.length, expected.length);
  t.strictSame(ids, expected, `${expected.length} events in order after ${kills} kills of the relay`);
  t.comment(`${expected.length} events, ${kills} kills of the relay`);
});

t.test("two relays at once, while the server is killed and others put messages between", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const relays = [startRelay({ url: server.url, store }), startRelay({ url: server.url, store })];
  const write = createWriter(store);
  const facts = factsOf(4_000);
  await until("the stream", () => relays.some((relay) => relay.status().state === "publishing"));
  let foreign = 0;
  for (let begin = 0; begin < facts.length; begin += 500) {
    await write(...facts.slice(begin, begin + 250));
    foreign += await putForeign(server.url, 5);
    await write(...facts.slice(begin + 250, begin + 500));
    const so = begin + 300;
    await until("progress", () => relays.some((relay) => relay.status().position >= BigInt(so)));
    if (begin % 1_000 === 500) {
      await server.kill();
      await server.start();
    }
  }
  const head = await store.head();
  await until("the end", () => relays.some((relay) => relay.status().position >= head));
  const statuses = relays.map((relay) => relay.status());
  await Promise.all(relays.map((relay) => relay.stop()));
  const { ids, foreign: found } = await streamIds(server.url);
  const expected = await publishedIds(store);
  t.strictSame(ids, expected, `${ids.length} events in order, ${server.kills} kills of the server`);
  t.equal(found, foreign, "what others put into the stream is still there");
  t.ok(statuses.some(({ state }) => state === "publishing"));
  t.comment(
    `${ids.length} events, ${server.kills} kills of the server, ${foreign} foreign messages, rounds ${statuses.map((s) => s.rounds).join(", ")}`,
  );
});

t.test("while one relay works, a second one stands by, and takes over when it ends", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const write = createWriter(store);
  const relays = [startRelay({ url: server.url, store }), startRelay({ url: server.url, store })];
  let written = 0;
  const isStandingBy = () => relays.findIndex((relay) => relay.status().state === "standing-by");
  const facts = factsOf(3_000);
  await until("standing by", async () => {
    await write(...facts.slice(written, written + 3));
    written += 3;
    return isStandingBy() >= 0;
  });
  const [second, first] = isStandingBy() === 0 ? [relays[0], relays[1]] : [relays[1], relays[0]];
  await first?.stop();
  await write(...facts.slice(written, written + 50));
  await until("taking over", async () => (second?.status().position ?? -1n) >= (await store.head()));
  await second?.stop();
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
});

t.test("the server is stopped for longer than it knows repeats", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const write = createWriter(store);
  const duplicateWindowMs = 500;
  const relay = startRelay({ url: server.url, store, limits: { duplicateWindowMs } });
  const facts = factsOf(900);
  await write(...facts.slice(0, 300));
  await until("the first part", () => relay.status().position >= 299n);
  await server.kill();
  const stopped = performance.now();
  await write(...facts.slice(300, 600));
  await until("the window's end", () => performance.now() - stopped > 2 * duplicateWindowMs);
  await server.start();
  await write(...facts.slice(600));
  await until("the end", () => relay.status().position >= 899n);
  t.equal(relay.status().rebuilds, 0);
  await relay.stop();
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store), "600 events followed after the window");
});
