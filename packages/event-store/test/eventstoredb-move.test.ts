import t, { type Test } from "tap";
import {
  MAX_APPEND_BYTES,
  countedBytes,
  type EmbeddedEventStore,
  type EventStore,
  type RecordedEvent,
} from "../src/index.ts";
import { migrateLog, MoveRefused, type MoveProgress } from "../src/eventstoredb/index.ts";
import { startChild } from "./support/child.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, notesOf, streamIn, withoutPlace, writeNotes } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { startProxy } from "./support/proxy.ts";
import { serverProcess } from "./support/servers.ts";
import { until } from "./support/until.ts";
import { watch } from "./support/watch.ts";

/** Twelve streams in turn, appends of one to three events, positions with gaps; all kinds of bytes. */
const fill = async (store: EmbeddedEventStore, events: number): Promise<void> => {
  const streams = Array.from({ length: 12 }, (_, index) => streamIn(index % 3 === 0 ? "moved" : "other"));
  const revisions = new Map<string, number>();
  await store.continueAbove(40n);
  for (let note = 0; note < events; note += 3) {
    const stream = streams[(note / 3) % streams.length]!;
    const revision = revisions.get(stream) ?? -1;
    const metadata = [Buffer.from('{"a":1}'), Buffer.from([0, 255]), Buffer.from('{ "origin":{}}')][(note / 3) % 3]!;
    const appended = Array.from({ length: 3 }, (_, index) => eventOf(String(note + index), { metadata }));
    revisions.set(stream, (await store.append(stream, revision === -1 ? "no-stream" : revision, appended)).revision);
    if (note === 300) await store.continueAbove(9_000n);
  }
};

const withPlace = (event: RecordedEvent) => {
  const { stream, revision, position, recordedAt } = event;
  return { ...withoutPlace(event), stream, revision, position, recordedAt };
};

const newServer = async (t: Test) => {
  const server = await serverProcess(t);
  await server.start();
  return server;
};

const same = async (t: Test, moved: AsyncIterable<RecordedEvent>, source: AsyncIterable<RecordedEvent>) => {
  const [there, here] = [await collect(moved), await collect(source)];
  t.equal(there.length, here.length);
  t.same(there.map(withPlace), here.map(withPlace));
};

/** Everything that a door shows of the moved log is what the source shows. */
const compareDoors = async (t: Test, moved: EventStore, source: EventStore): Promise<void> => {
  const all = await collect(source.readAll());
  t.equal(await moved.head(), await source.head());
  await same(t, moved.readAll(), source.readAll());
  await same(t, moved.readAll({ direction: "backwards" }), source.readAll({ direction: "backwards" }));
  for (const stream of new Set(all.map(({ stream }) => stream)))
    await same(t, moved.readStream(stream), source.readStream(stream));
  const filter = { categories: ["moved"] };
  const places = [
    -1n,
    0n,
    41n,
    5_000n,
    ...[1, 500, 999, 1_000, 1_700].map((index) => all[index]!.position),
    all.at(-1)!.position,
  ];
  for (const place of places) {
    await same(t, moved.readAll({ after: place, limit: 20 }), source.readAll({ after: place, limit: 20 }));
    await same(t, moved.readAll({ after: place, filter }), source.readAll({ after: place, filter }));
    const backwards = { direction: "backwards", before: place, limit: 20 } as const;
    await same(t, moved.readAll(backwards), source.readAll(backwards));
    const watcher = watch(moved, { after: place });
    const seen = await watcher.untilCaughtUp();
    t.equal(watcher.position(), await source.head());
    watcher.abort();
    t.same(seen.map(withPlace), (await collect(source.readAll({ after: place }))).map(withPlace));
  }
};

t.test("a moved log shows the same at every door, and goes on above it", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 2_400);
  const server = await newServer(t);
  const progress: MoveProgress[] = [];
  const result = await migrateLog({ from: source, to: server.url, environment, onProgress: (at) => progress.push(at) });
  t.same(result, { events: 2_400, copied: 2_400, head: await source.head() });
  t.same(new Set(progress.map(({ phase }) => phase)), new Set(["copying", "verifying"]));

  const moved = await openAt(t, server.url);
  await compareDoors(t, moved, source);
  const [first] = await collect(source.readAll({ limit: 3 }));
  const repeated = await collect(source.readStream(first!.stream, { limit: 3 }));
  t.same(
    await moved.append(first!.stream, "no-stream", repeated),
    { revision: 2, position: repeated.at(-1)!.position },
    "an append that was done before the move gets its first answer",
  );

  const head = await source.head();
  const watcher = watch(moved, { after: head });
  const filtered = watch(moved, { after: head - 100n, filter: { categories: ["new"] } });
  const later = await moved.append(streamIn("new"), "no-stream", [eventOf("later"), eventOf("last")]);
  t.ok(later.position > head);
  t.equal(await moved.head(), later.position);
  for (const seen of [
    await watcher.events(2),
    await filtered.events(2),
    await collect(moved.readAll({ after: head })),
  ]) {
    t.same(notesOf(seen), ["later", "last"]);
    t.equal(seen[1]?.position, later.position);
    t.ok(seen[0]!.position > head && seen[0]!.position < later.position);
  }
  t.same(notesOf(await collect(moved.readAll({ after: later.position - 1n }))), ["last"]);
  const before = await collect(moved.readAll({ direction: "backwards", before: later.position, limit: 2 }));
  t.same(
    before.map(({ position }) => position < later.position),
    [true, true],
  );
  t.equal(before[1]?.position, head);
  t.equal((await collect(moved.readAll({ direction: "backwards", before: head + 1n, limit: 1 })))[0]?.position, head);
  watcher.abort();
  filtered.abort();
  await moved.close();
  t.same(await migrateLog({ from: source, to: server.url, environment }), { events: 2_400, copied: 0, head });
});

t.test("a made-up position in a moved log is answered among what was moved, and bounded after it", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 2_400);
  const server = await newServer(t);
  await migrateLog({ from: source, to: server.url, environment });
  const moved = await openAt(t, server.url, { limits: { placeSearchEvents: 16 } });
  const head = await source.head();
  for (const after of [0n, 1n, 45n, 5_000n, head - 1n, head + 1n])
    await same(t, moved.readAll({ after }), source.readAll({ after }));
  const notes = Array.from({ length: 60 }, (_, index) => String(index));
  await writeNotes(moved, streamIn("later"), notes);
  const later = await collect(moved.readAll({ after: head }));
  t.same(notesOf(later), notes);
  t.same(notesOf(await collect(moved.readAll({ after: head + 1n }))), notes);
  t.same(notesOf(await collect(moved.readAll({ after: later[55]!.position - 1n }))), notes.slice(55));
  await t.rejects(collect(moved.readAll({ after: later[5]!.position - 1n })), { name: "UnknownPosition" });
  t.same(notesOf(await collect(moved.readAll({ after: later[5]!.position }))), notes.slice(6));
});

t.test("an accepted repeat whose first place cannot be looked up is of unknown outcome, not lost", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 300);
  const server = await newServer(t);
  await migrateLog({ from: source, to: server.url, environment });
  const moved = await openAt(t, server.url, { limits: { waitingMilliseconds: 300 } });
  const [first] = await collect(source.readAll({ limit: 1 }));
  const repeated = await collect(source.readStream(first!.stream, { limit: 3 }));
  const open = Array.from({ length: 32 }, () => moved.readAll()[Symbol.asyncIterator]());
  for (const read of open) await read.next();
  const unknown = { name: "StoreUnavailable", outcome: "unknown" };
  await t.rejects(moved.append(first!.stream, "no-stream", repeated), unknown);
  for (const read of open) await read.return?.();
  t.match(await moved.append(first!.stream, "no-stream", repeated), { revision: 2 });
});

t.test("a move that is stopped, with the server killed in between, goes on where it was", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 1_800);
  const server = await newServer(t);
  const proxy = await startProxy(t, server.url);
  let copied = 0;
  for (const stopAfter of [300, 700, 1_200]) {
    const controller = new AbortController();
    // Stops when so many have been read: what is under way then is stored or not.
    const from: EventStore = {
      ...source,
      async *readAll(options) {
        for await (const event of source.readAll(options)) {
          copied += 1;
          if (copied === stopAfter - 50) proxy.cut();
          if (copied === stopAfter) controller.abort();
          yield event;
        }
      },
    };
    await t.rejects(migrateLog({ from, to: proxy.url, environment, signal: controller.signal }), {
      name: "AbortError",
    });
    const store = await openAt(t, proxy.url, { limits: { readRetryMilliseconds: 100 } });
    const unfinished = { name: "StoreUnavailable", message: /the move of a log .* is not complete/ };
    await t.rejects(store.append(streamIn("new"), "no-stream", [eventOf("too early")]), unfinished);
    await t.rejects(collect(store.readAll()), unfinished);
    await store.close();
    await server.kill();
    await server.start();
  }
  const result = await migrateLog({ from: source, to: proxy.url, environment });
  t.equal(result.events, 1_800);
  t.ok(result.copied > 500 && result.copied < 900, `${result.copied} were left to copy`);
  await same(t, (await openAt(t, server.url)).readAll(), source.readAll());
});

t.test("the largest events that a log accepts can be moved", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  const none = new Uint8Array(0);
  const room = MAX_APPEND_BYTES - countedBytes(eventOf("", { data: none, metadata: none }));
  const events = [
    eventOf("", { data: Buffer.alloc(room, 255), metadata: none }),
    eventOf("", { data: none, metadata: Buffer.alloc(Math.floor(room / 4) * 3, 255) }),
    eventOf("", { data: none, metadata: Buffer.from(JSON.stringify({ long: '"'.repeat(380_000) })) }),
  ];
  for (const event of events) await source.append(streamIn("note"), "no-stream", [event]);
  const server = await newServer(t);
  t.equal((await migrateLog({ from: source, to: server.url, environment })).events, 3);
  await same(t, (await openAt(t, server.url)).readAll(), source.readAll());
});

t.test("an empty log can be moved, and is begun by it", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  const server = await newServer(t);
  t.same(await migrateLog({ from: source, to: server.url, environment }), { events: 0, copied: 0, head: -1n });
  const moved = await openAt(t, server.url);
  t.equal(await moved.head(), -1n);
  await writeNotes(moved, streamIn("note"), ["first"]);
  t.same(notesOf(await collect(moved.readAll())), ["first"]);
});

t.test("a target that holds other events, or another log's, is refused", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 300);
  const server = await newServer(t);
  const used = await openAt(t, server.url);
  await writeNotes(used, streamIn("note"), ["other"]);
  await used.close();
  await t.rejects(migrateLog({ from: source, to: server.url, environment }), MoveRefused);

  const other = await newServer(t);
  const another = await openIn(t, await temporaryFolder(t));
  await fill(another, 300);
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const half = { from: another, to: other.url, environment, signal: controller.signal, onProgress };
  await migrateLog(half);
  await t.rejects(migrateLog({ from: source, to: other.url, environment }), MoveRefused);
  await writeNotes(another, streamIn("note"), ["after the move"]);
  await t.rejects(migrateLog({ from: another, to: other.url, environment }), MoveRefused);
});

t.test("a change on the target is found", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 60);
  const server = await newServer(t);
  await migrateLog({ from: source, to: server.url, environment });
  for (const change of [
    { recordedAt: 1 },
    { data: Buffer.from("{}") },
    { id: "7c1f3c9e-52d4-4d2b-9a1e-6f5b0e8d7a34" },
  ]) {
    const from: EventStore = {
      ...source,
      async *readAll(options) {
        let index = 0;
        for await (const event of source.readAll(options)) yield (index += 1) === 40 ? { ...event, ...change } : event;
      },
    };
    await t.rejects(migrateLog({ from, to: server.url, environment }), { name: "MoveRefused", message: /differs/ });
  }
});

t.test("a process that found the log empty before a move began is ended, and gives none of its events", async (t) => {
  const folder = await temporaryFolder(t);
  const source = await openIn(t, folder);
  await fill(source, 30);
  await source.close();
  const server = await newServer(t);
  const ended: string[] = [];
  const early = await openAt(t, server.url, { onFatal: ({ message }) => void ended.push(message) });
  const watcher = watch(early, { after: "start" });
  t.same(await watcher.untilCaughtUp(), []);
  const seen = (async () => {
    const events: RecordedEvent[] = [];
    for (let message = await watcher.next(); message !== undefined; message = await watcher.next())
      if (message.kind === "events") events.push(...message.events);
    return events;
  })();
  t.equal(await startChild(t, "./move-log.ts", [folder, server.url]).nextLine(), "moved");
  await until(() => ended.length > 0);
  t.match(ended[0], /is moved to this EventStoreDB/);
  watcher.abort();
  t.same(await seen, []);
});

t.test("the move's own stream is shown at no door", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await fill(source, 30);
  const server = await newServer(t);
  await migrateLog({ from: source, to: server.url, environment });
  const moved = await openAt(t, server.url);
  t.same(await collect(moved.readStream("safarMovedLog")), []);
  await t.rejects(moved.append("safarMovedLog", "no-stream", [eventOf("no")]), TypeError);
});
