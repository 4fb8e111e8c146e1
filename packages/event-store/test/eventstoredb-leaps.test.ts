import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import type { EventStore, RecordedEvent } from "../src/index.ts";
import { continueLogAbove, migrateLog } from "../src/eventstoredb/index.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { serverProcess, type ServerProcess } from "./support/servers.ts";
import { watch } from "./support/watch.ts";

/** A log on EventStoreDB that was restored to an older state: no position that was given out is given out again. */

t.setTimeout(300_000);
const FILTER = { categories: ["kept"] };

const startServer = async (t: Test): Promise<ServerProcess> => {
  const server = await serverProcess(t);
  await server.start();
  return server;
};

/** What somebody does with the log, who has it open meanwhile. */
const withLog = async <Result>(t: Test, url: string, work: (store: EventStore) => Promise<Result>): Promise<Result> => {
  const store = await openAt(t, url);
  return work(store).finally(() => store.close());
};

const named = (count: number): string[] => Array.from({ length: count }, (_, index) => `note ${index}`);

const positionsOf = (events: readonly RecordedEvent[]): bigint[] => events.map(({ position }) => position);

/** From every place, every door gives what one whole reading says. */
const checkDoors = async (t: Test, store: EventStore): Promise<void> => {
  const all = await collect(store.readAll());
  const positions = positionsOf(all);
  for (const [index, position] of positions.entries())
    t.ok(index === 0 || position > positions[index - 1]!, "it grows");
  t.equal(await store.head(), positions.at(-1));
  const between = positions.slice(1).map((position, index) => (position + positions[index]!) / 2n);
  const beside = positions.flatMap((position) => [position - 1n, position, position + 1n]);
  const places = new Set([-1n, 0n, ...beside, ...between, positions.at(-1)! + 5_000n]);
  for (const place of places) {
    const after = all.filter(({ position }) => position > place);
    t.strictSame(positionsOf(await collect(store.readAll({ after: place }))), positionsOf(after), `after ${place}`);
    const kept = after.filter(({ stream }) => stream.startsWith("kept-"));
    t.strictSame(positionsOf(await collect(store.readAll({ after: place, filter: FILTER }))), positionsOf(kept));
    const before = await collect(store.readAll({ direction: "backwards", before: place }));
    t.strictSame(positionsOf(before), positions.filter((position) => position < place).reverse(), `before ${place}`);
  }
  for (const place of [-1n, ...positions, ...between]) {
    const watcher = watch(store, { after: place });
    const seen = await watcher.untilCaughtUp();
    watcher.abort();
    t.strictSame(
      positionsOf(seen),
      positions.filter((position) => position > place),
      `watched after ${place}`,
    );
  }
};

t.test("after a restore to an older state later events stand above what the lost ones had", async (t) => {
  const server = await startServer(t);
  const stream = streamIn("kept");
  await withLog(t, server.url, (store) => writeNotes(store, stream, named(5)));
  const copy = join(await temporaryFolder(t), "copy");
  await server.kill();
  await cp(server.folder, copy, { recursive: true });
  await server.start();
  const lost = await withLog(t, server.url, async (store) => {
    await writeNotes(store, streamIn("lost"), named(40));
    return store.head();
  });
  await server.kill();
  await rm(server.folder, { recursive: true });
  await cp(copy, server.folder, { recursive: true });
  await server.start();

  const continueAbove = (above: bigint) => continueLogAbove({ url: server.url, above, environment });
  const head = await continueAbove(lost);
  t.ok(head < lost);
  t.equal(await continueAbove(lost), head, "done again it changes nothing");
  const store = await openAt(t, server.url);
  t.equal(await store.head(), head);
  const whoWasAhead = watch(store, { after: lost });
  const tailing = watch(store, { after: "end", filter: FILTER });
  const { revision, position } = await store.append(stream, 4, [eventOf("first"), eventOf("second")]);
  t.ok(position > lost);
  t.equal(revision, 6);
  t.strictSame(notesOf(await whoWasAhead.events(2)), ["first", "second"], "who had seen the lost ones misses nothing");
  t.strictSame(positionsOf(await tailing.events(2)).at(-1), position);
  whoWasAhead.abort();
  tailing.abort();
  const repeated = await collect(store.readStream(stream, { from: 5 }));
  t.strictSame(await store.append(stream, 4, repeated), { revision, position }, "an answer stays the same");
  await checkDoors(t, store);
});

t.test("it is done again and again, and to a log that was moved", async (t) => {
  const source = await openIn(t, await temporaryFolder(t));
  await writeNotes(source, streamIn("kept"), named(3));
  await source.continueAbove(5_000n);
  await writeNotes(source, streamIn("other"), named(3));
  const server = await startServer(t);
  await migrateLog({ from: source, to: server.url, environment });
  const stream = streamIn("kept");
  for (let round = 0; round < 3; round += 1) {
    const above = await withLog(t, server.url, async (store) => {
      await writeNotes(store, round === 1 ? streamIn("other") : stream, named(2), round === 2 ? 1 : "no-stream");
      return (await store.head()) + 1_000_000n;
    });
    await continueLogAbove({ url: server.url, above, environment });
  }
  await withLog(t, server.url, async (store) => {
    await writeNotes(store, streamIn("kept"), named(2));
    await checkDoors(t, store);
  });
});

t.test(
  "a subscriber comes over a leap that is as small as can be, however much the server wrote before it",
  async (t) => {
    const source = await openIn(t, await temporaryFolder(t));
    await writeNotes(source, streamIn("kept"), named(3));
    const server = await startServer(t);
    const { head } = await migrateLog({ from: source, to: server.url, environment });
    // Between the moved events and the leap stand the notes of the move.
    await continueLogAbove({ url: server.url, above: head + 1n, environment });
    await withLog(t, server.url, async (store) => {
      await writeNotes(store, streamIn("kept"), named(2));
      await checkDoors(t, store);
    });
  },
);

t.test(
  "a position that is not above the log's head is refused, and nobody appends to the notes of leaps",
  async (t) => {
    const server = await startServer(t);
    const head = await withLog(t, server.url, async (store) => {
      await writeNotes(store, streamIn("kept"), named(3));
      await t.rejects(store.append("safarLogContinued", "no-stream", [eventOf("a claim")]), TypeError);
      return store.head();
    });
    const continueAbove = (above: bigint) => continueLogAbove({ url: server.url, above, environment });
    await t.rejects(continueAbove(head), { name: "ContinueRefused", message: /give a position that is higher/ });
    await continueAbove(head + 500n);
    await t.rejects(continueAbove(head + 400n), { name: "ContinueRefused" });
    await continueAbove(head + 600n);
  },
);
