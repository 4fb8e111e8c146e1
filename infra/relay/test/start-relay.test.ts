import { randomUUID } from "node:crypto";
import { connect } from "nats";
import t from "tap";
import { z } from "zod";
import { contractSet, decoderOf, event, type Metadata } from "@safar/contracts";
import { openMemoryEventStore } from "@safar/event-store";
import { readSettings, realEnvironment } from "@safar/service-kit";
import { createNats, until } from "./support/nats-server.ts";
import { startTestRelay } from "./support/started-relay.ts";

/** The relay as a process has it, with its doors. */

const environment = realEnvironment();
const JourneyMoved = event("JourneyMoved", z.strictObject({ to: z.string() })).published();
const decoder = decoderOf([
  contractSet({ category: "journey", service: "registration", subject: "case", contracts: [JourneyMoved] }),
]);

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const metadata: Metadata = {
  schemaVersion: 1,
  service: "registration",
  caseId: "a",
  occurredAt: "2026-02-16T09:00:00.000Z",
  actor: { id: "registrar-1726", role: "registrar", kind: "human" },
  transactionId: randomUUID(),
  correlationId: randomUUID(),
};

t.test("ready once JetStream answers, it says how far it is, and is not when JetStream is gone", async (t) => {
  const nats = await createNats();
  const store = openMemoryEventStore({ environment });
  const variables = { SAFAR_STREAM_MAX_MESSAGES: "2000", SAFAR_STREAM_DUPLICATE_WINDOW: "30" };
  const relay = await startTestRelay({ url: nats.url, store, decoder, subscribers: ["ministry"], variables });
  const ask = async (path: string) => {
    const answer = await fetch(`${relay.address}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  t.equal((await ask("/health/live")).status, 200);
  t.equal((await ask("/health/ready")).status, 503, "before there is a NATS");

  await nats.start();
  await until("ready", async () => (await ask("/health/ready")).status === 200);
  const toAppend = {
    id: randomUUID(),
    type: "JourneyMoved",
    data: bytesOf({ to: "1" }),
    metadata: bytesOf(metadata),
  };
  await store.append("journey-a", "no-stream", [toAppend]);
  await until("published", async () => (await ask("/metrics")).text.includes("safar_stream_messages 1"));
  const { text } = await ask("/metrics");
  t.match(text, /^safar_relay_lag 0$/m);
  t.match(JSON.parse((await ask("/health/ready")).text), { relay: "publishing", head: "0", position: "0" });
  t.match(text, /^safar_durable_waiting\{durable="ministry"\} 1$/m);
  t.equal(text.match(/^safar_durable_waiting/gm)?.length, 17);

  const client = await connect({ servers: nats.url });
  const { config } = await (await client.jetstreamManager()).streams.info("SAFAR");
  t.match(config, { max_bytes: 50_000_000, max_msgs: 2_000, max_age: 0, duplicate_window: 30e9, num_replicas: 1 });
  await client.close();

  await nats.stop();
  t.equal((await ask("/health/ready")).status, 503, "JetStream is gone");
  const away = (await ask("/metrics")).text;
  t.match(away, /^safar_stream_up 0$/m);
  t.match(away, /^safar_relay_lag 1$/m, "what a stream has that does not answer counts as nothing");

  await nats.wipe();
  await nats.start("", 10_000_000);
  await until("a refusal", async () => relay.status().failure?.includes("insufficient storage") === true);
  const gone = (await ask("/metrics")).text;
  t.match(gone, /^safar_relay_state\{state="failing"\} 1$/m);
  t.match(gone, /^safar_relay_lag 1$/m, "the stream cannot be made anew, so all of the log is missing in it");
  t.match(gone, /^safar_relay_position -1$/m);
  await relay.stop();
  await store.close();
  await nats.stop();
  await nats.remove();
});

t.test("a duplicate window that the relay's answers outlast, and a stream that holds nothing, stop the start", (t) => {
  t.throws(() => readSettings({ SAFAR_STREAM_DUPLICATE_WINDOW: "4" }), /SAFAR_STREAM_DUPLICATE_WINDOW/);
  t.throws(() => readSettings({ SAFAR_STREAM_MAX_MESSAGES: "0" }), /SAFAR_STREAM_MAX_MESSAGES/);
  t.end();
});
