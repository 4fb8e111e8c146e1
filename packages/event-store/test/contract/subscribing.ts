import type { Test } from "tap";
import type { EventStore, RecordedEvent } from "../../src/index.ts";
import type { OpenLog, OpenToRestart } from "../contract.ts";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "../support/events.ts";
import { watch } from "../support/watch.ts";

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

/** Appends to many streams at once, as fast as the log takes it; events of a hundred bytes or so. */
const burst = async (store: EventStore, category: string, notes: readonly string[]): Promise<void> => {
  await Promise.all(notes.map((note) => store.append(streamIn(category), "no-stream", [eventOf(note)])));
};

const isInOrder = (events: readonly RecordedEvent[]): boolean =>
  events.every(({ position }, index) => index === 0 || position > events[index - 1]!.position);

export const subscribing = (t: Test, open: OpenLog): void => {
  t.test("a subscription from a position gives what is there, says that it has caught up, and goes on", async (t) => {
    const store = await open(t);
    const [after, stream] = [await store.head(), streamIn("note")];
    await writeNotes(store, stream, ["a", "b", "c"]);
    const watcher = watch(store, { after });
    t.same(notesOf(await watcher.untilCaughtUp()), ["a", "b", "c"]);
    t.equal(watcher.position(), await store.head());
    await writeNotes(store, stream, ["d"], 2);
    const message = await watcher.next();
    t.equal(message?.kind, "events");
    t.equal(message?.position, await store.head());
    watcher.abort();
    t.equal(await watcher.next(), undefined);
  });

  t.test("a subscription from the start gives the whole log, as reading it does", async (t) => {
    const store = await open(t);
    await burst(store, "note", numbers(0, 1_500));
    const watcher = watch(store, { after: "start" });
    const seen = await watcher.untilCaughtUp();
    watcher.abort();
    t.same(
      seen.map(({ position, id }) => `${position} ${id}`),
      (await collect(store.readAll())).map(({ position, id }) => `${position} ${id}`),
    );
  });

  t.test("a subscription from the end gives what comes after the call", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    await writeNotes(store, stream, ["before"]);
    const watcher = watch(store, { after: "end" });
    const earlier = await store.head();
    await writeNotes(store, stream, ["after", "later"], 0);
    const seen = await watcher.untilPosition(await store.head());
    t.same(notesOf(seen), ["after", "later"]);
    const idle = watch(store, { after: "end" });
    t.same(await idle.next(), { kind: "caughtUp", position: await store.head() });
    t.ok(seen.every(({ position }) => position > earlier));
    watcher.abort();
    idle.abort();
  });

  t.test("it says only once that it has caught up", async (t) => {
    const store = await open(t);
    // A filtered one may be made anew underneath to be live.
    for (const options of [{}, { filter: { categories: ["note"] } }]) {
      const watcher = watch(store, { after: await store.head(), ...options });
      t.equal((await watcher.next())?.kind, "caughtUp");
      for (const note of ["a", "b", "c"]) {
        await writeNotes(store, streamIn("note"), [note]);
        t.equal((await watcher.next())?.kind, "events");
      }
      watcher.abort();
    }
  });

  t.test("bursts come whole and in order, to one who began before and to one who begins within them", async (t) => {
    const store = await open(t);
    const after = await store.head();
    const early = watch(store, { after });
    const written = burst(store, "note", numbers(0, 3_000));
    const seenEarly = await early.events(1);
    const late = watch(store, { after });
    await Promise.all([written, burst(store, "note", numbers(3_000, 6_000))]);
    const end = await store.head();
    seenEarly.push(...(await early.untilPosition(end)));
    const seenLate = await late.untilPosition(end);
    for (const seen of [seenEarly, seenLate]) {
      t.ok(isInOrder(seen));
      t.equal(seen.length, 6_000);
      t.equal(new Set(notesOf(seen)).size, 6_000);
    }
    early.abort();
    late.abort();
  });

  t.test("going on from the position of any message loses nothing and repeats nothing", async (t) => {
    const store = await open(t);
    let after = await store.head();
    await burst(store, "note", numbers(0, 1_000));
    const seen: RecordedEvent[] = [];
    for (let round = 0; seen.length < 2_000; round += 1) {
      if (round === 3) await burst(store, "note", numbers(1_000, 2_000));
      const watcher = watch(store, { after });
      const message = await watcher.next();
      watcher.abort();
      t.equal(await watcher.next(), undefined);
      if (message?.kind === "events") seen.push(...message.events);
      t.ok(message !== undefined && message.position >= after);
      after = message?.position ?? after;
    }
    t.ok(isInOrder(seen));
    t.equal(new Set(notesOf(seen)).size, 2_000);
  });

  t.test("a filtered subscription gives what matches, and its position moves on past what does not", async (t) => {
    const store = await open(t);
    const after = await store.head();
    await burst(store, "other", numbers(0, 700));
    const watcher = watch(store, { after, filter: { categories: ["wanted", "alsoWanted"] } });
    t.same(await watcher.untilPosition(await store.head()), []);
    await burst(store, "other", numbers(0, 10));
    t.same(await watcher.untilPosition(await store.head()), []);
    await writeNotes(store, streamIn("wanted"), ["a"]);
    await writeNotes(store, streamIn("other"), ["no"]);
    await writeNotes(store, streamIn("alsoWanted"), ["b"]);
    t.same(notesOf(await watcher.events(2)), ["a", "b"]);
    watcher.abort();
  });

  t.test("a filtered subscription can go on from each of its positions", async (t) => {
    const store = await open(t);
    const after = await store.head();
    const filter = { categories: ["wanted"] };
    for (let round = 0; round < 5; round += 1) {
      await burst(store, "other", numbers(0, 30));
      await burst(store, "wanted", [String(round)]);
    }
    const watcher = watch(store, { after, filter });
    const seen: string[] = [];
    for (let message = await watcher.next(); message?.kind === "events"; message = await watcher.next()) {
      seen.push(...notesOf(message.events));
      const resumed = watch(store, { after: message.position, filter });
      t.same(notesOf(await resumed.untilCaughtUp()), numbers(0, 5).slice(seen.length));
      resumed.abort();
    }
    t.same(seen, numbers(0, 5));
    watcher.abort();
  });

  t.test("a slow subscriber holds up neither the writers nor the others, and misses nothing", async (t) => {
    const store = await open(t);
    const after = await store.head();
    const [slow, quick] = [watch(store, { after }), watch(store, { after })];
    await burst(store, "note", ["first"]);
    const begun = await slow.events(1);
    for (let round = 0; round < 10; round += 1) await burst(store, "note", numbers(0, 500));
    t.equal((await quick.events(5_001)).length, 5_001);
    const rest = await slow.untilPosition(await store.head());
    t.equal(rest.length, 5_000);
    t.ok(isInOrder([...begun, ...rest]));
    slow.abort();
    quick.abort();
  });

  t.test("many subscribers all get the same", async (t) => {
    const store = await open(t);
    const watchers = Array.from({ length: 50 }, () => watch(store, { after: "end" }));
    for (const watcher of watchers) await watcher.untilCaughtUp();
    const seen = Promise.all(watchers.map((watcher) => watcher.events(200)));
    await burst(store, "note", numbers(0, 200));
    for (const events of await seen) t.same(events, (await seen)[0]);
    for (const watcher of watchers) watcher.abort();
  });

  t.test("positions beyond the end are waited for", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const { position } = await store.append(stream, "no-stream", [eventOf("a")]);
    const after = position + 100_000n;
    const watcher = watch(store, { after });
    t.same(await watcher.next(), { kind: "caughtUp", position: after });
    const next = watcher.next();
    await writeNotes(store, stream, ["b"], 0);
    watcher.abort();
    t.equal(await next, undefined);
  });

  t.test("an abort ends a subscription without an error, wherever it is", async (t) => {
    const store = await open(t);
    const after = await store.head();
    await burst(store, "note", numbers(0, 2_000));
    const before = watch(store, { after });
    before.abort();
    t.equal(await before.next(), undefined);

    const midway = watch(store, { after });
    t.equal((await midway.next())?.kind, "events");
    midway.abort();
    t.equal(await midway.next(), undefined);

    const waiting = watch(store, { after: "end" });
    await waiting.untilCaughtUp();
    const next = waiting.next();
    waiting.abort();
    t.equal(await next, undefined);

    const { signal } = new AbortController();
    for await (const message of store.subscribe({ after, signal })) {
      t.equal(message.kind, "events");
      break;
    }
  });

  t.test("closing the log ends a subscription with an error, as nobody aborted it", async (t) => {
    const store = await open(t);
    const watcher = watch(store, { after: "end" });
    await watcher.untilCaughtUp();
    const next = watcher.next();
    await Promise.all([store.close(), t.rejects(next, { name: "StoreUnavailable" })]);
  });

  t.test("one who was busy while the log was closed is told when it asks for more", async (t) => {
    const store = await open(t);
    const watcher = watch(store, { after: "end" });
    await watcher.untilCaughtUp();
    await store.close();
    await t.rejects(watcher.next(), { name: "StoreUnavailable" });
  });
};

export const subscribingAfterRestart = (t: Test, openToRestart: OpenToRestart): void => {
  t.test(
    "one who reads what stood there before a restart hears that it has caught up, however much it was",
    async (t) => {
      const { store, restart } = await openToRestart(t);
      await burst(store, "note", numbers(0, 2_100));
      const restarted = await restart();
      const written = await collect(restarted.readAll({ filter: { categories: ["note"] } }));
      // What adapters and servers read at once is a power of two.
      for (let power = 1; power <= 2_048; power *= 2)
        for (const count of [power - 1, power, power + 1]) {
          const watcher = watch(restarted, {
            after: written.at(-count - 1)!.position,
            filter: { categories: ["note"] },
          });
          t.equal((await watcher.untilCaughtUp()).length, count, `${count} events`);
          watcher.abort();
        }
    },
  );
};
