import { once } from "node:events";
import {
  ANY,
  binaryEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  WrongExpectedVersionError,
  type AppendToStreamOptions,
} from "@eventstore/db-client";
import t from "tap";
import { batchCall, batchRequest } from "./support/raw.ts";
import { newStream, noted, notes, startServer } from "./support/server.ts";

const { client, url } = await startServer(t);
const LIMIT = 1_048_576;

/** With credentials of its own an append takes another way through client and server. */
const ways: readonly (readonly [string, AppendToStreamOptions])[] = [
  ["in a batch", {}],
  ["in a call of its own", { credentials: { username: "admin", password: "changeit" } }],
];

const refused = async (append: Promise<unknown>): Promise<unknown> =>
  append.then(
    () => "not refused",
    (error: unknown) => error,
  );

for (const [way, options] of ways) {
  t.test(`an append ${way} gives the last revision and a position that grows`, async (t) => {
    const stream = newStream();
    const first = await client.appendToStream(stream, notes(3), { ...options, expectedRevision: NO_STREAM });
    const second = await client.appendToStream(stream, noted(3), { ...options, expectedRevision: 2n });
    t.same([first.success, first.nextExpectedRevision, second.nextExpectedRevision], [true, 2n, 3n]);
    t.ok(second.position!.commit > first.position!.commit);
    t.equal(second.position!.commit, second.position!.prepare);
  });

  t.test(`the same ids at the same expected revision are stored once ${way}, a part of them too`, async (t) => {
    const stream = newStream();
    const events = notes(3);
    const first = await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM });
    await client.appendToStream(stream, noted(3), { ...options, expectedRevision: 2n });
    t.same(await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM }), first);
    const part = await client.appendToStream(stream, events[1]!, { ...options, expectedRevision: 0n });
    t.equal(part.nextExpectedRevision, 1n);
    let count = 0;
    for await (const { event } of client.readStream(stream)) count += event === undefined ? 0 : 1;
    t.equal(count, 4);
  });

  t.test(`the same ids at the current revision are stored again ${way}`, async (t) => {
    const stream = newStream();
    const events = notes(2);
    await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM });
    const again = await client.appendToStream(stream, events, { ...options, expectedRevision: 1n });
    t.equal(again.nextExpectedRevision, 3n);
  });

  t.test(`another revision than the stream's is refused ${way}, and the stream's is told`, async (t) => {
    const stream = newStream();
    const events = notes(3);
    await client.appendToStream(stream, events, { ...options, expectedRevision: NO_STREAM });
    const cases = [
      [stream, [noted(9)], NO_STREAM, 2n],
      [stream, [noted(9)], 1n, 2n],
      [stream, [noted(9)], 77n, 2n],
      [stream, [events[1]!, noted(9)], 0n, 2n],
      [stream, [events[2]!, noted(9)], 1n, 2n],
      [newStream(), [noted(9)], 5n, NO_STREAM],
      [newStream(), [noted(9)], STREAM_EXISTS, NO_STREAM],
    ] as const;
    for (const [name, appended, expectedRevision, actual] of cases) {
      const error = await refused(client.appendToStream(name, [...appended], { ...options, expectedRevision }));
      if (!(error instanceof WrongExpectedVersionError)) return t.fail(`refused otherwise: ${String(error)}`);
      const { streamName, expectedVersion, actualVersion, message } = error;
      t.same([streamName, expectedVersion, actualVersion, message], [name, expectedRevision, actual, ""]);
    }
  });

  t.test(`what expects nothing is known by its ids alone ${way}`, async (t) => {
    const stream = newStream();
    const events = notes(2);
    const first = await client.appendToStream(stream, events, { ...options, expectedRevision: ANY });
    await client.appendToStream(stream, noted(2), { ...options, expectedRevision: STREAM_EXISTS });
    const again = await client.appendToStream(stream, events, { ...options, expectedRevision: ANY });
    t.same([first.nextExpectedRevision, again.nextExpectedRevision], [1n, 1n]);
    const mixed = client.appendToStream(stream, [events[1]!, noted(9)], { ...options, expectedRevision: ANY });
    t.type(await refused(mixed), WrongExpectedVersionError);
  });

  t.test(`an append ${way} may have a mebibyte of data and no more`, async (t) => {
    const of = (bytes: number) => binaryEvent({ type: "Large", data: new Uint8Array(bytes) });
    const append = (...bytes: readonly number[]) =>
      client.appendToStream(newStream(), bytes.map(of), { ...options, expectedRevision: NO_STREAM });
    t.ok((await append(LIMIT)).success);
    t.ok((await append(LIMIT / 2, LIMIT / 2)).success);
    for (const bytes of [[LIMIT + 1], [LIMIT / 2, LIMIT / 2 + 1]]) {
      const error = await refused(append(...bytes));
      if (!(error instanceof MaxAppendSizeExceededError)) return t.fail(`refused otherwise: ${String(error)}`);
      t.equal(error.maxAppendSize, LIMIT);
    }
  });

  t.test(`an append ${way} may have thousands of small events`, async (t) => {
    const appended = await client.appendToStream(newStream(), notes(5_000), {
      ...options,
      expectedRevision: NO_STREAM,
    });
    t.equal(appended.nextExpectedRevision, 4_999n);
  });
}

t.test("appends to one stream that expect nothing all come in when they come at once", async (t) => {
  const stream = newStream();
  const all = await Promise.all(notes(40).map((event) => client.appendToStream(stream, event)));
  const revisions = all.map(({ nextExpectedRevision }) => Number(nextExpectedRevision)).sort((a, b) => a - b);
  t.same(
    revisions,
    Array.from({ length: 40 }, (_, index) => index),
  );
});

t.test("an event that is none is refused at once, and its append has timed out two seconds later", async (t) => {
  for (const event of [{ id: "no-uuid" }, { type: "" }]) {
    const call = batchCall(t, url);
    call.write(batchRequest(newStream(), event));
    const [first] = (await once(call, "data")) as [{ error?: { message: string } }];
    const [second] = (await once(call, "data")) as [{ error?: { message: string } }];
    t.same([first.error?.message, second.error?.message], ["BadRequest", "Timeout"]);
  }
});

t.test("a refused event ends neither its call nor the appends after it", async (t) => {
  const call = batchCall(t, url);
  call.write(batchRequest(newStream(), { id: "no-uuid" }));
  call.write(batchRequest(newStream(), {}));
  const results: string[] = [];
  while (results.length < 2) results.push(((await once(call, "data")) as [{ result: string }])[0].result);
  t.same(results.sort(), ["error", "success"]);
});
