import { randomUUID } from "node:crypto";
import { EventStoreDBClient, FORWARDS, jsonEvent, NO_STREAM, START } from "@eventstore/db-client";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import type { EventStore, EventToAppend } from "../src/index.ts";
import { openEventStoreDb } from "../src/eventstoredb/index.ts";
import { environment } from "../test/support/environment.ts";

/*
 * P5b: the adapter against the official client as it comes, on the same server (EVENTSTORE_URL, else the stand-in), in
 * turns. Appends of one event of some 600 bytes to a stream of its own, at the expected revision; reads of the log and
 * of a long stream, every event looked at.
 */

const ROUNDS = 5;
const APPEND_MILLISECONDS = 2_000;
const IN_FLIGHT = [1, 64, 256];
const READ_EVENTS = 10_000;

const data = { note: "x".repeat(280) };
const metadata = { actor: "y".repeat(280) };
const [dataBytes, metadataBytes] = [data, metadata].map((value) => Buffer.from(JSON.stringify(value)));

const eventOf = (): EventToAppend => ({
  id: randomUUID(),
  type: "CandidateRegistered",
  data: dataBytes!,
  metadata: metadataBytes!,
});
const clientEvent = () => jsonEvent({ id: randomUUID(), type: "CandidateRegistered", data, metadata });

/** Calls a second, with so many under way. */
const rateOf = async (inFlight: number, append: () => Promise<unknown>): Promise<number> => {
  const begin = performance.now();
  let count = 0;
  const write = async (): Promise<void> => {
    while (performance.now() - begin < APPEND_MILLISECONDS) {
      await append();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, write));
  return (1_000 * count) / (performance.now() - begin);
};

/** Events a second. */
const readRateOf = async (events: AsyncIterable<unknown>): Promise<number> => {
  const begin = performance.now();
  let count = 0;
  for await (const _ of events) count += 1;
  if (count < READ_EVENTS) throw new Error(`${count} events were read, not ${READ_EVENTS}`);
  return (1_000 * count) / (performance.now() - begin);
};

const measures = (client: EventStoreDBClient, store: EventStore, stream: string) => {
  const one = { expectedRevision: NO_STREAM } as const;
  const appends = IN_FLIGHT.map((inFlight) => ({
    name: `append, ${inFlight} in flight`,
    client: () => rateOf(inFlight, () => client.appendToStream(`bench-${randomUUID()}`, clientEvent(), one)),
    adapter: () => rateOf(inFlight, () => store.append(`bench-${randomUUID()}`, "no-stream", [eventOf()])),
  }));
  const reads = [
    {
      name: "read a stream",
      client: () => readRateOf(client.readStream(stream, { direction: FORWARDS, fromRevision: START })),
      adapter: () => readRateOf(store.readStream(stream)),
    },
    {
      name: "read the log",
      client: () => readRateOf(client.readAll({ maxCount: READ_EVENTS })),
      adapter: () => readRateOf(store.readAll({ limit: READ_EVENTS })),
    },
  ];
  return [...appends, ...reads].map((measure) => ({ ...measure, rounds: [] as { client: number; adapter: number }[] }));
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const given = process.env["EVENTSTORE_URL"];
const local = given === undefined ? await startLocalEventStoreDb({ environment }) : undefined;
const url = given ?? local?.url ?? "";
const onFatal = (problem: Error): never => {
  throw problem;
};
// Both in one process, as nothing is disposed and no connection lost before the end.
const client = EventStoreDBClient.connectionString(url);
const store = await openEventStoreDb({ url, environment, onFatal });
const stream = `bench-${randomUUID()}`;
for (let at = 0; at < READ_EVENTS; at += 500)
  await store.append(stream, at === 0 ? "no-stream" : at - 1, Array.from({ length: 500 }, eventOf));

const measured = measures(client, store, stream);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const measure of measured) {
    // In turns, so that neither always runs in the other's wake.
    const first = round % 2 === 0 ? await measure.client() : undefined;
    const adapter = await measure.adapter();
    measure.rounds.push({ client: first ?? (await measure.client()), adapter });
  }
}
console.log(
  `Adapter and client against ${given === undefined ? "the stand-in" : "EVENTSTORE_URL"}, median of ${ROUNDS}`,
);
for (const { name, rounds } of measured) {
  const columns = [
    name.padEnd(22),
    `adapter ${median(rounds.map(({ adapter }) => adapter))
      .toFixed(0)
      .padStart(7)}/s`,
    `client ${median(rounds.map(({ client }) => client))
      .toFixed(0)
      .padStart(7)}/s`,
    `ratio ${median(rounds.map(({ adapter, client }) => adapter / client)).toFixed(2)}`,
  ];
  console.log(columns.join("   "));
}
await store.close();
await local?.stop();
