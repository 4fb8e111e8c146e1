import t from "tap";
import { StoreUnavailable, type EventStore, type EventToAppend, type RecordedEvent } from "../src/index.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, noteOf, notesOf, streamIn, withoutPlace, writeNotes } from "./support/events.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { startProxy } from "./support/proxy.ts";
import { serverFor, serverProcess } from "./support/servers.ts";
import { until } from "./support/until.ts";
import { watch } from "./support/watch.ts";

/*
 * What the adapter does while its server or the way to it fails. Against the stand-in, or against a real server: see
 * support/servers.ts.
 */

/** Short, so that a test need not wait; long enough for a loaded machine to answer in time. */
const short = { appendMilliseconds: 2_000, readMilliseconds: 2_000, waitingMilliseconds: 3_000 };

/** Appends as a command does: what is unknown or was not stored is repeated unchanged, until it is answered. */
const appendSurely = async (store: EventStore, stream: string, events: readonly EventToAppend[]) => {
  for (;;) {
    try {
      return await store.append(stream, "no-stream", events);
    } catch (problem) {
      if (!(problem instanceof StoreUnavailable)) throw problem;
      await environment.timers.sleep(50);
    }
  }
};

const outcomeOf = (problem: unknown): string =>
  problem instanceof StoreUnavailable ? problem.outcome : String(problem);

t.test("a process has one log on EventStoreDB open, and another after that is closed", async (t) => {
  const url = await serverFor(t);
  const first = await openAt(t, url);
  await t.rejects(openAt(t, url), { message: /can have one/ });
  await first.append(streamIn("note"), "no-stream", [eventOf("unharmed")]);
  await first.close();
  await (await openAt(t, url)).append(streamIn("note"), "no-stream", [eventOf("the next")]);
});

t.test("connections that are cut again and again lose nothing and double nothing", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const store = await openAt(t, proxy.url);
  const after = await store.head();
  const watcher = watch(store, { after });
  const filtered = watch(store, { after, filter: { categories: ["cut"] } });
  const streams = Array.from({ length: 400 }, () => streamIn("cut"));
  const written = Promise.all(
    streams.map((stream, index) => appendSurely(store, stream, [eventOf(`${index}a`), eventOf(`${index}b`)])),
  );
  let [cuts, done] = [0, false];
  const cutting = async () => {
    while (!done) {
      await environment.timers.sleep(40);
      proxy.cut();
      cuts += 1;
      // So that something is stored between two cuts, however slow the machine is.
      await until(async () => done || (await store.head().catch(() => after)) > after);
    }
  };
  const cut = cutting();
  const answers = await written;
  done = true;
  await cut;
  t.comment(`${cuts} cuts, ${proxy.connections()} connections`);
  const notes = streams.flatMap((_, index) => [`${index}a`, `${index}b`]);
  for (const seen of [await watcher.events(800), await filtered.events(800)]) {
    t.same(notesOf(seen).toSorted(), notes.toSorted());
    t.ok(seen.every(({ position }, index) => index === 0 || position > seen[index - 1]!.position));
  }
  const stored = await collect(store.readAll({ after }));
  t.same(notesOf(stored).toSorted(), notes.toSorted());
  const last = new Map(stored.map(({ stream, position }) => [stream, position]));
  for (const [index, stream] of streams.entries()) t.equal(answers[index]?.position, last.get(stream));
  watcher.abort();
  filtered.abort();
});

t.test("a read that is cut in the middle goes on where it was", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const store = await openAt(t, proxy.url);
  const [after, stream] = [await store.head(), streamIn("cutread")];
  const notes = Array.from({ length: 1_500 }, (_, index) => String(index));
  const padding = { metadata: Buffer.alloc(1_000, 1) };
  for (let at = 0; at < notes.length; at += 500) {
    const events = notes.slice(at, at + 500).map((note) => eventOf(note, padding));
    await store.append(stream, at === 0 ? "no-stream" : at - 1, events);
  }
  const readWithCuts = async (events: AsyncIterable<RecordedEvent>): Promise<string[]> => {
    const seen: string[] = [];
    for await (const event of events) {
      seen.push(noteOf(event));
      if (seen.length % 400 === 0) proxy.cut();
    }
    return seen;
  };
  t.same(await readWithCuts(store.readStream(stream)), notes);
  t.same(await readWithCuts(store.readStream(stream, { direction: "backwards" })), notes.toReversed());
  t.same(await readWithCuts(store.readAll({ after })), notes);
  t.same(await readWithCuts(store.readAll({ after, filter: { categories: ["cutread"] } })), notes);
  const backwards = await readWithCuts(store.readAll({ direction: "backwards", limit: 1_500 }));
  t.same(backwards, notes.toReversed());
  t.ok(proxy.connections() > 12);
});

t.test("on a frozen connection every append and read ends in time, and the next connection works", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const reports: string[] = [];
  const report = (problem: unknown) => reports.push(String(problem));
  const store = await openAt(t, proxy.url, { limits: short, report });
  const stream = streamIn("frozen");
  await writeNotes(store, stream, ["before"]);
  const watcher = watch(store, { after: await store.head() });
  await watcher.untilCaughtUp();
  proxy.freeze();
  const events = Array.from({ length: 50 }, (_, index) => eventOf(String(index)));
  const ended = await Promise.allSettled(
    events.map((event) => store.append(`${stream}-${event.id}`, "no-stream", [event])),
  );
  t.ok(ended.every((end) => end.status === "rejected" && outcomeOf(end.reason) === "unknown"));
  await Promise.all(events.map((event) => appendSurely(store, `${stream}-${event.id}`, [event])));
  t.match(reports, [/connection to EventStoreDB is replaced: an append got no answer/]);
  t.equal(proxy.connections(), 2);
  t.same((await watcher.events(50)).map(({ id }) => id).toSorted(), events.map(({ id }) => id).toSorted());
  proxy.freeze();
  t.same(notesOf(await collect(store.readStream(stream))), ["before"], "a read is taken up again by itself");
  t.equal(proxy.connections(), 3);
  t.ok(
    reports.some((told) => told.includes("is replaced: a read got no answer")),
    "by its own limit, not by the client's far longer one",
  );
  watcher.abort();
});

t.test("a read whose connection is replaced in the middle does not take that for its end", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  // The read itself has time enough: it is an append that finds the connection hanging.
  const store = await openAt(t, proxy.url, { limits: { ...short, readMilliseconds: 60_000 } });
  const stream = streamIn("replaced");
  const notes = Array.from({ length: 1_500 }, (_, index) => String(index));
  const padding = { metadata: Buffer.alloc(1_000, 1) };
  for (let at = 0; at < notes.length; at += 500) {
    const events = notes.slice(at, at + 500).map((note) => eventOf(note, padding));
    await store.append(stream, at === 0 ? "no-stream" : at - 1, events);
  }
  const seen: string[] = [];
  for await (const event of store.readStream(stream)) {
    seen.push(noteOf(event));
    if (seen.length !== 100) continue;
    proxy.freeze();
    const append = store.append(streamIn("replaced"), "no-stream", [eventOf("no answer")]);
    await t.rejects(append, { name: "StoreUnavailable", outcome: "unknown" });
  }
  t.same(seen, notes);
  t.equal(proxy.connections(), 2);
});

t.test(
  "where the server stays frozen, appends and reads are refused in time, and no more than the limit waits",
  async (t) => {
    const proxy = await startProxy(t, await serverFor(t));
    const limits = { ...short, appendsInFlight: 4, waitingAppends: 8, replaceMilliseconds: 60_000 };
    const store = await openAt(t, proxy.url, { limits });
    await writeNotes(store, streamIn("frozen"), ["before"]);
    proxy.newOnes("frozen");
    proxy.freeze();
    const appends = Array.from({ length: 20 }, (_, index) =>
      store.append(streamIn("frozen"), "no-stream", [eventOf(String(index))]).then(String, outcomeOf),
    );
    const refused = await Promise.all(appends.slice(12));
    t.same(
      refused,
      Array.from({ length: 8 }, () => "not-stored"),
      "what is over the limit is refused at once",
    );
    const outcomes = await Promise.all(appends);
    t.same(outcomes.slice(0, 4), ["unknown", "unknown", "unknown", "unknown"]);
    t.ok(outcomes.slice(4).every((outcome) => outcome === "not-stored" || outcome === "unknown"));
    await t.rejects(collect(store.readStream(streamIn("frozen"))), { name: "StoreUnavailable", outcome: "not-stored" });
    proxy.newOnes("open");
    proxy.cut();
    await appendSurely(store, streamIn("frozen"), [eventOf("after")]);
  },
);

t.test("a crowd on one stream behind a hanging append settles, and the stream can be used again", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const limits = { ...short, waitingMilliseconds: 500, replaceMilliseconds: 60_000 };
  const store = await openAt(t, proxy.url, { limits });
  const stream = streamIn("crowd");
  await writeNotes(store, stream, ["before"]);
  proxy.newOnes("frozen");
  proxy.freeze();
  const crowd = Array.from({ length: 16_000 }, () =>
    store.append(stream, 0, [eventOf("late")]).then(String, outcomeOf),
  );
  const outcomes = await Promise.all(crowd);
  t.equal(outcomes[0], "unknown", "the one that was sent");
  t.same(new Set(outcomes.slice(1)), new Set(["not-stored"]));
  proxy.newOnes("open");
  proxy.cut();
  const events = [eventOf("after")];
  const end = await appendSurely(store, streamIn("crowd"), events);
  t.equal(end.revision, 0);
  const stored = notesOf(await collect(store.readStream(stream)));
  t.ok(stored.length <= 2, `${stored.join()}: of the crowd at most the one that was sent`);
  await store.append(stream, stored.length - 1, [eventOf("used again")]);
  await store.close();
});

t.test("an event of 20 MB, and one that is none, do no harm to the appends beside them", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const store = await openAt(t, proxy.url);
  const streams = Array.from({ length: 40 }, () => streamIn("beside"));
  const appends = streams.map((stream, index) => {
    if (index === 10)
      return store.append(stream, "no-stream", [eventOf("large", { data: new Uint8Array(20_000_000) })]);
    if (index === 20) return store.append(stream, "no-stream", [eventOf("no UUID", { id: "17" })]);
    if (index === 30) return store.append(stream, "no-stream", [eventOf("no type", { type: "" })]);
    return store.append(stream, "no-stream", [eventOf("beside")]);
  });
  const ended = await Promise.allSettled(appends);
  t.match(ended[10], { reason: { name: "AppendTooLarge" } });
  for (const index of [20, 30]) t.match(ended[index], { reason: { name: "TypeError" } });
  t.equal(ended.filter(({ status }) => status === "fulfilled").length, 37);
  // What the server would say of a malformed append comes two seconds later, and ends the process.
  await environment.timers.sleep(3_000);
  await store.append(streamIn("beside"), "no-stream", [eventOf("after")]);
  t.equal(proxy.connections(), 1, "nobody lost the connection");
});

t.test("an append that never settles in the client ends the process, and no second client is opened", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const fatal: Error[] = [];
  const limits = { ...short, appendMilliseconds: 500, replaceMilliseconds: 800 };
  const store = await openAt(t, proxy.url, { limits, onFatal: (problem) => fatal.push(problem) });
  await store.head();
  proxy.newOnes("frozen");
  // The client asks for the server's features before its first append, without a limit of its own.
  proxy.freeze();
  await t.rejects(store.append(streamIn("note"), "no-stream", [eventOf("a")]), {
    name: "StoreUnavailable",
    outcome: "unknown",
  });
  await until(() => fatal.length > 0);
  t.match(fatal, [{ message: /1 appends to EventStoreDB did not settle/ }]);
  const connections = proxy.connections();
  await t.rejects(store.append(streamIn("note"), "no-stream", [eventOf("b")]), {
    name: "StoreUnavailable",
    outcome: "not-stored",
  });
  t.equal(proxy.connections(), connections);
  proxy.cut();
});

t.test(
  "with the server away at the start a subscription waits, and appends and reads are refused clearly",
  async (t) => {
    const server = await serverProcess(t);
    const store = await openAt(t, server.url, { limits: { appendRetryMilliseconds: 200, readRetryMilliseconds: 200 } });
    const watcher = watch(store, { after: "start" });
    const first = watcher.events(1);
    const refused = { name: "StoreUnavailable", outcome: "not-stored", message: /^EventStoreDB is away: / };
    await t.rejects(store.append(streamIn("note"), "no-stream", [eventOf("a")]), refused);
    await t.rejects(store.head(), refused);
    await server.start();
    await appendSurely(store, streamIn("note"), [eventOf("there")]);
    t.same(notesOf(await first), ["there"]);
    watcher.abort();
  },
);

t.test("kill -9 of the server again and again: what was acknowledged is there once, whole and in order", async (t) => {
  const server = await serverProcess(t);
  await server.start();
  const store = await openAt(t, server.url, { limits: short });
  const watcher = watch(store, { after: "start" });
  const seen: RecordedEvent[] = [];
  let [acknowledged, kills, done] = [new Map<string, readonly EventToAppend[]>(), 0, false];
  const write = async (): Promise<void> => {
    while (!done) {
      const [stream, events] = [streamIn("killed"), [eventOf("a"), eventOf("b"), eventOf("c")]];
      await appendSurely(store, stream, events);
      acknowledged = acknowledged.set(stream, events);
    }
  };
  const writers = Array.from({ length: 16 }, write);
  for (; kills < 4; kills += 1) {
    const before = acknowledged.size;
    await until(() => acknowledged.size > before + 50);
    await server.kill();
    await server.start();
  }
  done = true;
  await Promise.all(writers);
  t.comment(`${kills} kills, ${acknowledged.size} appends acknowledged`);
  while (seen.length < 3 * acknowledged.size) seen.push(...(await watcher.events(1)));
  t.equal(seen.length, 3 * acknowledged.size);
  t.ok(seen.every(({ position }, index) => index === 0 || position > seen[index - 1]!.position));
  for (const [stream, events] of acknowledged) {
    const stored = await collect(store.readStream(stream));
    if (JSON.stringify(stored.map(withoutPlace)) !== JSON.stringify(events.map(withoutPlace)))
      t.same(stored.map(withoutPlace), events.map(withoutPlace));
  }
  const log = await collect(store.readAll());
  t.equal(log.length, 3 * acknowledged.size, "nothing is there that was not acknowledged in the end");
  t.same(
    seen.map(({ id }) => id),
    log.map(({ id }) => id),
  );
  watcher.abort();
});

t.test("closing while the server is frozen ends, and the appends under way are told", async (t) => {
  const server = await serverProcess(t);
  await server.start();
  const store = await openAt(t, server.url, { limits: short });
  await writeNotes(store, streamIn("note"), ["before"]);
  server.freeze();
  const append = store.append(streamIn("note"), "no-stream", [eventOf("a")]);
  await Promise.all([t.rejects(append, { name: "StoreUnavailable", outcome: "unknown" }), store.close()]);
  server.goOn();
});
