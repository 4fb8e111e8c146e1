import { randomBytes, randomUUID } from "node:crypto";
import {
  BACKWARDS,
  binaryEvent,
  END,
  NO_STREAM,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
  StreamNotFoundError,
  UnknownError,
  type ReadAllOptions,
  type ReadStreamOptions,
} from "@eventstore/db-client";
import t from "tap";
import { newStream, noted, notes, realServer, startServer } from "./support/server.ts";

const { client } = await startServer(t);

const stream = newStream();
await client.appendToStream(stream, notes(10), { expectedRevision: NO_STREAM });

const revisions = async (options: ReadStreamOptions): Promise<number[]> => {
  const read: number[] = [];
  for await (const { event } of client.readStream(stream, options)) read.push(Number(event!.revision));
  return read;
};
const ofLog = async (options: ReadAllOptions): Promise<number[]> => {
  const read: number[] = [];
  for await (const { event } of client.readAll(options))
    if (event?.streamId === stream) read.push(Number(event.revision));
  return read;
};
const positions = async () => {
  const read = [];
  for await (const { event } of client.readStream(stream)) read.push(event!.position!);
  return read;
};
const failure = async (read: Promise<unknown>): Promise<unknown> =>
  read.then(
    () => "no failure",
    (error: unknown) => error,
  );

t.test("a stream is read from a revision, in both directions, that revision included", async (t) => {
  t.same(await revisions({}), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.same(await revisions({ fromRevision: 3n, maxCount: 2 }), [3, 4]);
  t.same(await revisions({ fromRevision: 99n }), []);
  t.same(await revisions({ direction: BACKWARDS, fromRevision: END, maxCount: 3 }), [9, 8, 7]);
  t.same(await revisions({ direction: BACKWARDS, fromRevision: 3n, maxCount: 2 }), [3, 2]);
  t.same(await revisions({ direction: BACKWARDS, fromRevision: 99n, maxCount: 2 }), [9, 8]);
  t.same(await revisions({ direction: BACKWARDS, fromRevision: START }), [0]);
  t.type(await failure(revisions({ fromRevision: END })), UnknownError);
});

t.test("a stream that does not exist is not found", async (t) => {
  const name = newStream();
  const read = async () => {
    for await (const _ of client.readStream(name));
  };
  const error = await failure(read());
  t.ok(error instanceof StreamNotFoundError && error.streamName === name);
});

t.test("the log is read from a position, forwards with it and backwards without it", async (t) => {
  const at = await positions();
  const last = { fromPosition: at[9]! };
  t.same(await ofLog({ fromPosition: at[7]! }), [7, 8, 9]);
  t.same(await ofLog({ ...last, direction: BACKWARDS, maxCount: 2 }), [8, 7]);
  t.same(await ofLog({ fromPosition: START, direction: BACKWARDS }), []);
  t.same(await ofLog({ fromPosition: END }), []);
  t.same(await ofLog({ fromPosition: { commit: 0n, prepare: 0n } }), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  t.ok(at.every(({ commit }, index) => index === 0 || commit > at[index - 1]!.commit));
});

t.test("a made-up position is an unknown error, one far beyond the end gives nothing", async (t) => {
  const { commit } = (await positions())[3]!;
  const beside = { commit: commit + 1n, prepare: commit + 1n };
  const error = await failure(ofLog({ fromPosition: beside }));
  t.ok(error instanceof UnknownError && Number(error.code) === 2);
  t.same(await ofLog({ fromPosition: { commit: 10n ** 15n, prepare: 10n ** 15n } }), []);
});

t.test("bytes, type, id and time come back as they were", async (t) => {
  const name = newStream();
  const events = [randomBytes(5_000), new Uint8Array(0), Buffer.from("ўзбекча 🛫")].map((data) => ({
    id: randomUUID(),
    data,
    metadata: new Uint8Array([0, 255, ...randomBytes(50)]),
  }));
  const before = Date.now();
  const appended = events.map((event) => binaryEvent({ type: "Kept", ...event }));
  await client.appendToStream(name, [...appended, noted(7)], { expectedRevision: NO_STREAM });
  const read = [];
  for await (const { event } of client.readStream(name)) read.push(event!);
  t.same(
    read.slice(0, 3).map(({ id, data, metadata, isJson }) => ({
      id,
      data: [...(data as Uint8Array)],
      metadata: [...(metadata as Uint8Array)],
      isJson,
    })),
    events.map(({ id, data, metadata }) => ({ id, data: [...data], metadata: [...metadata], isJson: false })),
  );
  t.same([read[3]!.isJson, read[3]!.type, read[3]!.data, read[3]!.metadata], [true, "Noted", { note: 7 }, { by: 7 }]);
  t.ok(Math.abs(read[0]!.created.getTime() - before) < 60_000);
});

t.test("what Safar never calls is refused as not implemented", { skip: realServer !== undefined }, async (t) => {
  const settings = persistentSubscriptionToStreamSettingsFromDefaults();
  const calls = [
    () => client.deleteStream(stream),
    () => client.tombstoneStream(stream),
    () => client.createPersistentSubscriptionToStream(stream, "group", settings),
    () => client.listProjections(),
  ];
  for (const call of calls) {
    const error = await failure(call());
    t.ok(error instanceof UnknownError && Number(error.code) === 12, String(error));
  }
  t.match(String(await failure(client.setStreamMetadata(stream, { maxCount: 2 }))), /is not supported/);
  t.same(await client.getStreamMetadata(stream).then(({ metadata }) => metadata), undefined);
});
