import { randomUUID } from "node:crypto";
import { connect, headers as createHeaders, type NatsConnection } from "nats";
import { runRelay } from "../src/index.ts";
import { messageOf } from "../src/lifecycle/message.ts";
import { openJetStream } from "../src/jetstream/index.ts";
import { impatientEnvironment as environment } from "../test/environment.ts";
import { decoder } from "../test/journeys.ts";
import { openLogOf } from "../test/support/facts.ts";
import { createNatsServer } from "../test/support/nats-server.ts";
import { until } from "../test/support/waiting.ts";

/*
 * P5: how fast the relay brings the log to JetStream, with all three fences, against the client's own acknowledged
 * acknowledged publish (`js.publish`, 256 in flight) of the very same messages, made beforehand, in the same run, round
 * by round; and against the same publish of bodies of that size with nothing but an id.
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

interface Prepared {
  readonly subject: string;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The relay's own messages, and bodies of the same size. */
const prepare = async (
  bytes: number,
): Promise<{ readonly same: readonly Prepared[]; readonly bare: readonly Prepared[] }> => {
  const same: Prepared[] = [];
  for await (const stored of store.readAll())
    if (decoder.contractOf(stored)?.isPublished) {
      const { subject, body, headers } = messageOf(decoder, decoder.decode(stored), randomUUID());
      same.push({ subject: subject.replace("safar", "bench"), body, headers });
    }
  const body = new Uint8Array(bytes).fill(120);
  return { same, bare: same.map(() => ({ subject: "bench.events.bare", body, headers: {} })) };
};

const publishMany = async (nats: NatsConnection, messages: readonly Prepared[]): Promise<void> => {
  const jetstream = nats.jetstream();
  let next = 0;
  const publish = async (): Promise<void> => {
    for (let message = messages[next++]; message; message = messages[next++]) {
      const headers = createHeaders();
      for (const [name, value] of Object.entries(message.headers)) headers.set(name, value);
      await jetstream.publish(message.subject, message.body, { msgID: randomUUID(), headers });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, publish));
};

const clientRate = async (messages: readonly Prepared[]): Promise<number> => {
  const nats = await connect({ servers: server.url, noAsyncTraces: true });
  const manager = await nats.jetstreamManager();
  await manager.streams.add({ name: "BENCH", subjects: ["bench.>"] });
  const begin = performance.now();
  await publishMany(nats, messages);
  const seconds = (performance.now() - begin) / 1_000;
  await manager.streams.delete("BENCH");
  await nats.close();
  return messages.length / seconds;
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const { bytes } = await relayRate();
const { same, bare } = await prepare(bytes);
await clientRate(same);
const rounds: { readonly relay: number; readonly same: number; readonly bare: number }[] = [];
for (let round = 0; round < ROUNDS; round += 1)
  rounds.push({ relay: (await relayRate()).rate, same: await clientRate(same), bare: await clientRate(bare) });

const line = (name: string, rates: readonly number[], digits = 0): void =>
  console.log(`${name.padEnd(44)}${median(rates).toFixed(digits).padStart(8)}`);
line(
  `relay, three fences, events/s of ${bytes} bytes`,
  rounds.map(({ relay }) => relay),
);
line(
  "js.publish of the same messages/s",
  rounds.map(({ same }) => same),
);
line(
  "js.publish of bare bodies/s",
  rounds.map(({ bare }) => bare),
);
line(
  "ratio to the same messages (goal 1.00)",
  rounds.map(({ relay, same }) => relay / same),
  2,
);
line(
  "ratio to bare bodies",
  rounds.map(({ relay, bare }) => relay / bare),
  2,
);
await server.remove();
