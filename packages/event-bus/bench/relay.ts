import { randomUUID } from "node:crypto";
import { connect, type NatsConnection } from "nats";
import { runRelay } from "../src/index.ts";
import { openJetStream } from "../src/jetstream/index.ts";
import { impatientEnvironment as environment } from "../test/environment.ts";
import { decoder } from "../test/journeys.ts";
import { openLogOf } from "../test/support/facts.ts";
import { createNatsServer } from "../test/support/nats-server.ts";
import { until } from "../test/support/waiting.ts";

/*
 * P5: how fast the relay brings the log to JetStream, with all three fences, against the client's own acknowledged
 * publish (`js.publish`, 256 in flight, a message of the same size with an id) in the same run, round by round.
 */

const ROUNDS = 5;
const EVENTS = 20_000;
const IN_FLIGHT = 256;

const server = await createNatsServer();
await server.start();
const store = await openLogOf(EVENTS);
const head = await store.head();
const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};

/** Events a second that reach a new stream, and the size of one message. */
const relayRate = async (): Promise<{ readonly rate: number; readonly bytes: number }> => {
  const jetstream = openJetStream({ url: server.url, limits: {}, environment, log, onFatal });
  await jetstream.stream.remove();
  await jetstream.stream.ensure();
  const stopping = new AbortController();
  const begin = performance.now();
  const relay = runRelay({
    store,
    decoder,
    stream: jetstream.stream,
    durables: [],
    environment,
    signal: stopping.signal,
  });
  await until("the end", () => relay.status().position >= head);
  const seconds = (performance.now() - begin) / 1_000;
  const { published } = relay.status();
  stopping.abort();
  await relay.ended;
  await jetstream.close();
  const nats = await connect({ servers: server.url });
  const { state } = await (await nats.jetstreamManager()).streams.info("SAFAR");
  await nats.close();
  return { rate: published / seconds, bytes: Math.round(state.bytes / state.messages) };
};

const publishMany = async (nats: NatsConnection, bytes: number): Promise<void> => {
  const jetstream = nats.jetstream();
  const body = new Uint8Array(bytes).fill(120);
  let left = EVENTS;
  const publish = async (): Promise<void> => {
    while (left-- > 0) await jetstream.publish("bench.events", body, { msgID: randomUUID() });
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, publish));
};

const clientRate = async (bytes: number): Promise<number> => {
  const nats = await connect({ servers: server.url, noAsyncTraces: true });
  const manager = await nats.jetstreamManager();
  await manager.streams.add({ name: "BENCH", subjects: ["bench.events"] });
  const begin = performance.now();
  await publishMany(nats, bytes);
  const seconds = (performance.now() - begin) / 1_000;
  await manager.streams.delete("BENCH");
  await nats.close();
  return EVENTS / seconds;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

let bytes = (await relayRate()).bytes;
await clientRate(bytes);
const [relays, clients]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const relay = await relayRate();
  bytes = relay.bytes;
  relays.push(relay.rate);
  clients.push(await clientRate(bytes));
}
const ratios = relays.map((rate, round) => rate / (clients[round] ?? Infinity));
console.log(`relay, three fences   ${median(relays).toFixed(0).padStart(7)} events/s of ${bytes} bytes`);
console.log(`js.publish, one id    ${median(clients).toFixed(0).padStart(7)} messages/s of ${bytes} bytes`);
console.log(`ratio, median         ${median(ratios).toFixed(2).padStart(7)} (goal 1.00)`);
await server.remove();
