import { randomUUID } from "node:crypto";
import t, { type Test } from "tap";
import { UnknownPosition, type Position } from "../src/index.ts";
import type { EventStoreDbLimits } from "../src/eventstoredb/index.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, notesOf, streamIn } from "./support/events.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { startProxy } from "./support/proxy.ts";
import { serverFor } from "./support/servers.ts";
import { until } from "./support/until.ts";
import { watch } from "./support/watch.ts";

/*
 * Positions that no event has: the server knows only those that it gave, so the adapter has to look for what stands
 * before. That is bounded, and ends with who asked for it. Against the stand-in, or the server at EVENTSTORE_URL.
 */

/** Few, so that a short log is longer. */
const SEARCH = 64;
const NOTES = Array.from({ length: 600 }, (_, index) => String(index));

const openFilled = async (t: Test, limits: Partial<EventStoreDbLimits>, url?: string) => {
  const store = await openAt(t, url ?? (await serverFor(t)), { limits });
  const filter = { categories: [`place${randomUUID().replaceAll("-", "")}`] };
  const [before, stream] = [await store.head(), streamIn(filter.categories[0]!)];
  const events = NOTES.map((note) => eventOf(note));
  for (let at = 0; at < events.length; at += 200)
    await store.append(stream, at === 0 ? "no-stream" : at - 1, events.slice(at, at + 200));
  const positions = (await collect(store.readAll({ after: before }))).map(({ position }) => position);
  /** Where no event can stand: just before one. */
  const madeUp = (index: number): Position => positions[index]! - 1n;
  const notesAfter = async (after: Position, filtered: boolean): Promise<string[]> =>
    notesOf(await collect(store.readAll(filtered ? { after, filter } : { after })));
  return { store, positions, madeUp, filter, notesAfter };
};

t.test("a position between two of the newest events is answered, in both directions", async (t) => {
  const { store, madeUp, notesAfter } = await openFilled(t, { placeSearchEvents: SEARCH });
  const late = NOTES.length - 10;
  for (const filtered of [false, true]) t.same(await notesAfter(madeUp(late), filtered), NOTES.slice(late));
  const before = { direction: "backwards", before: madeUp(late), limit: 3 } as const;
  t.same(notesOf(await collect(store.readAll(before))), NOTES.slice(late - 3, late).reverse());
});

t.test("one further back than the limit is refused, and a place for reading is not lost by it", async (t) => {
  const { store, positions, madeUp, filter, notesAfter } = await openFilled(t, { placeSearchEvents: SEARCH });
  const refused = [
    { after: madeUp(5) },
    { after: madeUp(5), filter },
    { direction: "backwards", before: madeUp(5) },
    { direction: "backwards", before: madeUp(5), filter },
  ] as const;
  // More than may read at once: each has given its place back.
  for (let round = 0; round < 10; round += 1)
    for (const options of refused) await t.rejects(collect(store.readAll(options)), UnknownPosition);
  t.same(await notesAfter(positions[5]!, true), NOTES.slice(6), "the events' own positions are always known");
});

t.test("far beyond the head there is nothing, whatever the number", async (t) => {
  const { store, notesAfter } = await openFilled(t, { placeSearchEvents: SEARCH });
  const far = [10n ** 15n, 2n ** 63n - 1n, 2n ** 63n, 9_999_999_999_999_999_999n];
  for (const after of far) for (const filtered of [false, true]) t.same(await notesAfter(after, filtered), []);
  const newest = { direction: "backwards", before: far[3]!, limit: 1 } as const;
  t.same(notesOf(await collect(store.readAll(newest))), NOTES.slice(-1));
});

t.test("a subscription from such a position is led there from the start, without loss or repeat", async (t) => {
  const { store, madeUp, filter } = await openFilled(t, { placeSearchEvents: SEARCH });
  for (const options of [{}, { filter }]) {
    const watcher = watch(store, { after: madeUp(100), ...options });
    t.same(notesOf(await watcher.untilCaughtUp()), NOTES.slice(100));
    watcher.abort();
  }
});

t.test("whoever leaves ends the search: nothing more is read, and the reason is told", async (t) => {
  const reason = new Error("the watcher is gone");
  for (const way of ["forwards", "filtered", "backwards"] as const) {
    const url = await serverFor(t);
    const { store: filled, madeUp, filter } = await openFilled(t, {}, url);
    await filled.close();
    const controller = new AbortController();
    let chunks = 0;
    const timers = {
      ...environment.timers,
      // A pause of nothing is what comes before each chunk.
      sleep(milliseconds: number, signal?: AbortSignal) {
        if (milliseconds === 0) chunks += 1;
        if (chunks === 3) controller.abort(reason);
        return environment.timers.sleep(milliseconds, signal);
      },
    };
    const store = await openAt(t, url, { environment: { ...environment, timers } });
    await store.head();
    chunks = 0;
    const options = {
      forwards: { after: madeUp(1) },
      filtered: { after: madeUp(1), filter },
      backwards: { direction: "backwards", before: madeUp(1) },
    } as const;
    const read = collect(store.readAll({ ...options[way], signal: controller.signal }));
    await t.rejects(read, reason);
    const ended = chunks;
    await environment.timers.sleep(100);
    t.equal(chunks, ended, "nothing goes on behind it");
    t.ok(ended < 6, `${ended} chunks`);
    await store.close();
  }
});

t.test("those who leave while the server is silent give their places back at once", async (t) => {
  const proxy = await startProxy(t, await serverFor(t));
  const { store, positions, filter, notesAfter } = await openFilled(
    t,
    { readMilliseconds: 60_000, waitingMilliseconds: 60_000 },
    proxy.url,
  );
  proxy.freeze();
  const controller = new AbortController();
  let ended = 0;
  const reads = Array.from({ length: 40 }, () =>
    collect(store.readAll({ after: positions[0]!, filter, signal: controller.signal }))
      .catch((problem: unknown) => problem)
      .finally(() => (ended += 1)),
  );
  await environment.timers.sleep(0);
  controller.abort();
  await until(() => ended === reads.length);
  for (const problem of await Promise.all(reads)) t.match(problem, { name: "AbortError" });
  proxy.cut();
  t.equal((await notesAfter(positions[0]!, true)).length, NOTES.length - 1);
});
