import t from "tap";
import type { EventStore, RecordedEvent } from "../src/index.ts";
import { eventOf, notesOf, streamIn } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";
import { watch } from "./support/watch.ts";

/* What a subscription does where the newest events in memory do not reach back, so that it has to read the file. */

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

/** Every third in `wanted`; eight thousand at once at most, as more would be refused. */
const burst = async (store: EventStore, count: number): Promise<void> => {
  for (let at = 0; at < count; at += 8_000) {
    const notes = numbers(Math.min(8_000, count - at));
    await Promise.all(
      notes.map((note, index) =>
        store.append(streamIn(index % 3 === 0 ? "wanted" : "other"), "no-stream", [eventOf(note)]),
      ),
    );
  }
};

const isDense = (events: readonly RecordedEvent[]): boolean =>
  events.every(({ position }, index) => position === BigInt(index));

t.test("a subscription to a log that was opened again goes from the file into what is new", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  await burst(before, 3_000);
  await before.close();

  const store = await openIn(t, folder);
  const filter = { categories: ["wanted", "unknown"] };
  const [all, wanted, late] = [
    watch(store, { after: "start" }),
    watch(store, { after: "start", filter }),
    watch(store, { after: 2_499n }),
  ];
  const seen = await all.events(1);
  await burst(store, 3_000);
  seen.push(...(await all.untilPosition(5_999n)));
  t.ok(isDense(seen) && seen.length === 6_000);
  const seenLate = await late.untilPosition(5_999n);
  t.same(
    seenLate.map(({ position }) => position),
    seen.slice(2_500).map(({ position }) => position),
  );
  const wantedNotes = notesOf(seen.filter(({ stream }) => stream.startsWith("wanted-")));
  t.equal(wantedNotes.length, 2_000);
  t.same(notesOf(await wanted.untilPosition(5_999n)), wantedNotes);
  for (const watcher of [all, wanted, late]) watcher.abort();
});

t.test("what does not match moves the position of a subscription that reads the file, too", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  await burst(before, 1_000);
  await before.close();

  const store = await openIn(t, folder);
  const watcher = watch(store, { after: "start", filter: { categories: ["unknown"] } });
  t.same(await watcher.next(), { kind: "events", events: [], position: 999n });
  t.same(await watcher.next(), { kind: "caughtUp", position: 999n });
  watcher.abort();
});

t.test("one who is slower than the newest events are kept finds them in the file", async (t) => {
  const store = await openIn(t, await temporaryFolder(t));
  const slow = watch(store, { after: "start" });
  await burst(store, 100);
  const seen = await slow.events(100);
  await burst(store, 24_000);
  seen.push(...(await slow.untilPosition(await store.head())));
  t.ok(isDense(seen));
  t.equal(seen.length, 24_100);
  slow.abort();
});
