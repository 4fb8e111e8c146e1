import { randomUUID } from "node:crypto";
import { EventStoreDBClient, FORWARDS, jsonEvent, NO_STREAM, START } from "@eventstore/db-client";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import type { EventStore, EventToAppend } from "../src/index.ts";
import { openEventStoreDb } from "../src/eventstoredb/index.ts";
import { environment } from "../test/support/environment.ts";

/*
 * P5b: the adapter against the official client as it comes, on the same server (EVENTSTORE_URL, else the stand-in), in
 * turns. Appends of one event of some 600 bytes to a stream of its own, at the expected revision; reads of a long stream,
 * and of the log where that stream begins: the same events for both, one by one.
 *
 * A read gives the same but for the metadata, which is JSON: the client parses it, and the adapter, whose port has bytes,
 * makes bytes of that again. So the adapter does the client's work and some more. The data was appended as bytes and is
 * parsed by neither. The adapter reads the leader's log, which on one node is the client's too.
 */

const ROUNDS = Number(process.env["ROUNDS"] ?? 5);
/** Of one measure: a read of a fifth of a second alone would tell of the collector's pauses more than of its reader. */
const MILLISECONDS = 2_000;
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
    while (performance.now() - begin < MILLISECONDS) {
      await append();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, write));
  return (1_000 * count) / (performance.now() - begin);
};

/** Events a second, of one read after another. */
const readRateOf = async (read: () => AsyncIterable<unknown>): Promise<number> => {
  const begin = performance.now();
  let reads = 0;
  while (performance.now() - begin < MILLISECONDS) {
    let count = 0;
    for await (const _ of read()) count += 1;
    if (count !== READ_EVENTS) throw new Error(`${count} events were read, not ${READ_EVENTS}`);
    reads += 1;
  }
  return (1_000 * reads * READ_EVENTS) / (performance.now() - begin);
};

/** @param before the position of the event before the stream's, which the adapter leaves out and the client gives. */
const measures = (client: EventStoreDBClient, store: EventStore, stream: string, before: bigint) => {
  const one = { expectedRevision: NO_STREAM } as const;
  const fromPosition = { commit: before, prepare: before };
  const appends = IN_FLIGHT.map((inFlight) => ({
    name: `append, ${inFlight} in flight`,
    client: () => rateOf(inFlight, () => client.appendToStream(`bench-${randomUUID()}`, clientEvent(), one)),
    adapter: () => rateOf(inFlight, () => store.append(`bench-${randomUUID()}`, "no-stream", [eventOf()])),
  }));
  const reads = [
    {
      name: "read a stream",
      client: () => readRateOf(() => client.readStream(stream, { direction: FORWARDS, fromRevision: START })),
      adapter: () => readRateOf(() => store.readStream(stream)),
    },
    {
      name: "read the log",
      client: () => readRateOf(() => client.readAll({ fromPosition, maxCount: READ_EVENTS })),
      adapter: () => readRateOf(() => store.readAll({ after: before, limit: READ_EVENTS })),
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
const { position: before } = await store.append(`bench-${randomUUID()}`, "no-stream", [eventOf()]);
const stream = `bench-${randomUUID()}`;
for (let at = 0; at < READ_EVENTS; at += 500)
  await store.append(stream, at === 0 ? "no-stream" : at - 1, Array.from({ length: 500 }, eventOf));

const measured = measures(client, store, stream, before);
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
// It keeps its connection, and so the process, until it is told.
await client.dispose();
await local?.stop();
