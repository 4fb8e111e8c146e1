import { randomBytes, randomUUID } from "node:crypto";
import type { Test } from "tap";
import type { EventStore, ReadAllOptions } from "../../src/index.ts";
import type { OpenLog } from "../contract.ts";
import { collect, eventOf, notesOf, streamIn, withoutPlace, writeNotes } from "../support/events.ts";

/** A category that no other test uses: letters only, as the category ends at the first dash. */
const newCategory = (): string => `notes${randomUUID().replaceAll("-", "")}`;

/** Notes 0 to 11, in turn in three streams of three categories. */
const writeInTurn = async (store: EventStore) => {
  const before = await store.head();
  const categories = [newCategory(), newCategory(), newCategory()] as const;
  const streams = categories.map(streamIn);
  for (let note = 0; note < 12; note += 1) {
    const revision = Math.floor(note / 3) - 1;
    await store.append(streams[note % 3]!, revision === -1 ? "no-stream" : revision, [eventOf(String(note))]);
  }
  const positions = (await collect(store.readAll({ after: before }))).map(({ position }) => position);
  const notes = async (options: ReadAllOptions): Promise<string> =>
    notesOf(await collect(store.readAll({ after: before, ...options }))).join(" ");
  return { categories, positions, notes, before };
};

export const reading = (t: Test, open: OpenLog): void => {
  t.test("a stream is read from both ends, from any revision, up to any number of events", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    await writeNotes(store, stream, ["a", "b", "c", "d", "e"]);
    const read = async (options: Parameters<EventStore["readStream"]>[1]): Promise<string> =>
      notesOf(await collect(store.readStream(stream, options))).join("");
    t.equal(await read({}), "abcde");
    t.equal(await read({ from: 2 }), "cde");
    t.equal(await read({ from: 5 }), "");
    t.equal(await read({ limit: 2 }), "ab");
    t.equal(await read({ limit: 0 }), "");
    t.equal(await read({ from: 1, limit: 3 }), "bcd");
    t.equal(await read({ direction: "backwards" }), "edcba");
    t.equal(await read({ direction: "backwards", from: 2 }), "cba");
    t.equal(await read({ direction: "backwards", from: 99, limit: 2 }), "ed");
    t.equal(await read({ direction: "backwards", limit: 1 }), "e");
    t.equal(await read({ direction: "backwards", from: 0 }), "a");
  });

  t.test("a growing stream is read backwards from its end, each event with its own data", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    // Of one length each, so that nothing but the data itself tells one from another.
    const notes = Array.from({ length: 500 }, (_, index) => String(index).padStart(3, "0"));
    const state = { isWritten: false };
    const writing = writeNotes(store, stream, notes).finally(() => (state.isWritten = true));
    const wrong: string[] = [];
    while (!state.isWritten)
      for (const event of await collect(store.readStream(stream, { direction: "backwards", limit: 3 })))
        if (notesOf([event])[0] !== notes[event.revision]) wrong.push(`${event.revision}: ${notesOf([event])[0]}`);
    await writing;
    t.same(wrong, []);
  });

  t.test("a stream that does not exist gives nothing", async (t) => {
    const store = await open(t);
    t.same(await collect(store.readStream(streamIn("note"))), []);
    t.same(await collect(store.readStream(streamIn("note"), { direction: "backwards", limit: 1 })), []);
  });

  t.test("the log is read from both ends, between any positions, up to any number of events", async (t) => {
    const store = await open(t);
    const { positions, notes } = await writeInTurn(store);
    t.equal(await notes({}), "0 1 2 3 4 5 6 7 8 9 10 11");
    t.equal(await notes({ after: positions[8] }), "9 10 11");
    t.equal(await notes({ after: positions[11] }), "");
    t.equal(await notes({ after: positions[11]! + 1_000n }), "");
    t.equal(await notes({ after: positions[9]! - 1n }), "9 10 11", "no event need stand there");
    t.equal(await notes({ after: positions[2], limit: 2 }), "3 4");
    t.equal(await notes({ direction: "backwards", limit: 3 }), "11 10 9");
    t.equal(await notes({ direction: "backwards", before: positions[4], limit: 4 }), "3 2 1 0");
    t.equal(await notes({ direction: "backwards", before: positions[11]! + 1_000n, limit: 1 }), "11");
  });

  t.test("the log is read by categories, in its order", async (t) => {
    const store = await open(t);
    const { categories, positions, notes } = await writeInTurn(store);
    const [one, two, three] = categories;
    t.equal(await notes({ filter: { categories: [one] } }), "0 3 6 9");
    t.equal(await notes({ filter: { categories: [three, one] } }), "0 2 3 5 6 8 9 11");
    t.equal(await notes({ filter: { categories: [one, one] } }), "0 3 6 9");
    t.equal(await notes({ filter: { categories: [two] }, after: positions[4], limit: 1 }), "7");
    t.equal(await notes({ filter: { categories: [...categories, newCategory()] } }), "0 1 2 3 4 5 6 7 8 9 10 11");
    t.equal(await notes({ filter: { categories: [one.slice(0, -1), newCategory()] } }), "");
    t.equal(await notes({ filter: { categories: [] } }), "");
    const backwards = { direction: "backwards", filter: { categories: [one, two] } } as const;
    t.equal(await notes({ ...backwards, limit: 5 }), "10 9 7 6 4");
    t.equal(await notes({ ...backwards, before: positions[4] }), "3 1 0");
  });

  t.test("a category ends at the first dash, and a stream without a dash has none", async (t) => {
    const store = await open(t);
    const before = await store.head();
    const category = newCategory();
    await store.append(`${category}-a-b`, "no-stream", [eventOf("in it")]);
    await store.append(category, "no-stream", [eventOf("no dash")]);
    await store.append(`${category}More-a`, "no-stream", [eventOf("another")]);
    const inIt = await collect(store.readAll({ after: before, filter: { categories: [category] } }));
    t.same(notesOf(inIt), ["in it"]);
    t.same(notesOf(await collect(store.readAll({ after: before }))), ["in it", "no dash", "another"]);
  });

  t.test("large events are read whole, from both ends and by category", async (t) => {
    const store = await open(t);
    const before = await store.head();
    const category = newCategory();
    const stream = streamIn(category);
    const events = Array.from({ length: 9 }, (_, index) =>
      eventOf(String(index), { metadata: randomBytes(index % 4 === 3 ? 700_000 : 300_000) }),
    );
    for (const [index, event] of events.entries()) {
      await store.append(stream, index === 0 ? "no-stream" : index - 1, [event]);
    }
    const expected = events.map(withoutPlace);
    const filter = { categories: [category] };
    const ways = [
      store.readStream(stream),
      store.readAll({ after: before }),
      store.readAll({ after: before, filter }),
    ].map(collect);
    for (const read of await Promise.all(ways)) t.same(read.map(withoutPlace), expected);
    const backwards = await collect(store.readStream(stream, { direction: "backwards", limit: 8 }));
    t.same(backwards.map(withoutPlace), expected.slice(1).reverse());
  });

  t.test("a read ends with its signal's reason, before it begins or in the middle", async (t) => {
    const store = await open(t);
    const { before, categories } = await writeInTurn(store);
    const reason = new Error("enough");
    const filters = [{}, { filter: { categories } }];
    for (const options of filters) {
      const controller = new AbortController();
      const read = async (): Promise<void> => {
        for await (const _ of store.readAll({ after: before, ...options, signal: controller.signal }))
          controller.abort(reason);
      };
      await t.rejects(read(), reason);
      await t.rejects(read(), reason);
    }
    const { signal } = new AbortController();
    t.equal((await collect(store.readAll({ after: before, signal }))).length, 12);
  });

  t.test("a reader who stops early stops, and a reader can begin again", async (t) => {
    const store = await open(t);
    const { before } = await writeInTurn(store);
    const log = store.readAll({ after: before });
    for await (const event of log) {
      t.same(notesOf([event]), ["0"]);
      break;
    }
    t.equal((await collect(log)).length, 12);
  });

  t.test("a filter of more categories than the limit is refused", async (t) => {
    const store = await open(t);
    const categories = Array.from({ length: 101 }, (_, index) => `c${index}`);
    await t.rejects(collect(store.readAll({ filter: { categories } })), RangeError);
    const { signal } = new AbortController();
    t.throws(() => store.subscribe({ after: "start", filter: { categories }, signal }), RangeError);
    t.same(
      await collect(store.readAll({ after: await store.head(), filter: { categories: categories.slice(1) } })),
      [],
    );
  });
};
