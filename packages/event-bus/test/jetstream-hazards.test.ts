import { connect } from "nats";
import t from "tap";
import { createWriter, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { startConsumer, startRelay } from "./support/cluster.ts";
import { publishedIds, streamIds } from "./support/judge.ts";
import { startNatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";

/** What somebody with every right does to the stream, and a message that the server does not take. */

const KIB = 1_024;

t.test("nobody can purge the stream or take a message out, since ids of what is gone are remembered", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  await createWriter(store)(...journey("a", "1", "2"));
  const relay = startRelay({ url: server.url, store });
  await until("both", () => relay.status().published === 2);
  const nats = await connect({ servers: server.url });
  const { streams } = await nats.jetstreamManager();
  await t.rejects(streams.purge("SAFAR"), /purge/);
  await t.rejects(streams.deleteMessage("SAFAR", 1), /delete/);
  await nats.close();
  await relay.stop();
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
});

t.test("somebody deletes the stream: it and its durables are built again, and consumers go on", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: server.url, store });
  const consumer = startConsumer({ url: server.url, store, durable: "swift" });
  await write(...journey("a", "1", "2"));
  await consumer.recorder.untilSeen(2);
  const nats = await connect({ servers: server.url });
  await (await nats.jetstreamManager()).streams.delete("SAFAR");
  await nats.close();
  await write(...journey("a", "3"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:3"));
  await Promise.all([relay.stop(), consumer.stop()]);
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
});

t.test("a message that the server does not take is not left out: the relay waits and says so", async (t) => {
  const server = await startNatsServer(t, { more: "max_payload: 64KB" });
  const store = openStore();
  await createWriter(store)(...journey("a", "1", "x".repeat(100 * KIB), "3"));
  const relay = startRelay({ url: server.url, store });
  await until("its failure", () => relay.status().state === "failing");
  t.match(relay.status().failure, /max_payload/);
  t.equal((await streamIds(server.url)).ids.length, 1, "nothing behind it overtakes");
  await server.kill("SIGTERM");
  await server.change({});
  await server.start();
  await until("the rest", () => relay.status().published === 3);
  await relay.stop();
  t.strictSame((await streamIds(server.url)).ids, await publishedIds(store));
});
