import type { Test } from "tap";
import { WrongExpectedRevision } from "../../src/index.ts";
import type { OpenLog, OpenToRestart } from "../contract.ts";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "../support/events.ts";

/** Other events before a repeat: more than EventStoreDB remembers in memory. */
const OTHER_EVENTS = 100_000;
/** So many at once, which takes seconds; in appends of their own it would take a minute. */
const EVENTS_AN_APPEND = 250;
const APPENDS_AT_ONCE = 8;

/** The rules are EventStoreDB's, as measured: see "Append" in its design page. */
export const repeating = (t: Test, open: OpenLog): void => {
  t.test("the same ids at the same revision get the first answer and are stored once", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    await writeNotes(store, stream, ["before"]);
    const events = [eventOf("a"), eventOf("b")];
    const first = await store.append(stream, 0, events);
    t.same(await store.append(stream, 0, events), first);
    await writeNotes(store, stream, ["after"], 2);
    t.same(await store.append(stream, 0, events), first);
    t.same(notesOf(await collect(store.readStream(stream))), ["before", "a", "b", "after"]);
  });

  t.test("the first append of a stream can be repeated as well", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const events = [eventOf("a")];
    const first = await store.append(stream, "no-stream", events);
    await writeNotes(store, stream, ["b", "c"], 0);
    t.same(await store.append(stream, "no-stream", events), first);
    t.equal((await collect(store.readStream(stream))).length, 3);
  });

  t.test("repeats of the same moment all get the same answer", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const events = [eventOf("a"), eventOf("b")];
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.append(stream, "no-stream", events)));
    for (const answer of answers) t.same(answer, answers[0]);
    t.equal((await collect(store.readStream(stream))).length, 2);
  });

  t.test(`a repeat is recognised after ${OTHER_EVENTS} other events`, async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const events = [eventOf("a"), eventOf("b")];
    const first = await store.append(stream, "no-stream", events);
    const others = () => Array.from({ length: EVENTS_AN_APPEND }, () => eventOf("other"));
    for (let written = 0; written < OTHER_EVENTS; written += EVENTS_AN_APPEND * APPENDS_AT_ONCE)
      await Promise.all(
        Array.from({ length: APPENDS_AT_ONCE }, () => store.append(streamIn("other"), "no-stream", others())),
      );
    t.same(await store.append(stream, "no-stream", events), first);
    t.equal((await collect(store.readStream(stream))).length, 2);
  });

  t.test("a part of the stream that matches from its revision on is a repeat", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const [a, b, c, d] = [eventOf("a"), eventOf("b"), eventOf("c"), eventOf("d")];
    const whole = await store.append(stream, "no-stream", [a, b, c]);
    const last = await store.append(stream, 2, [d]);
    t.equal((await store.append(stream, "no-stream", [a, b])).revision, 1);
    t.same(await store.append(stream, 0, [b, c]), whole);
    t.same(await store.append(stream, 0, [b, c, d]), last);
    t.equal((await collect(store.readStream(stream))).length, 4);
  });

  t.test("old ids together with a new one, or in another place, are refused", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const [a, b, c] = [eventOf("a"), eventOf("b"), eventOf("c")];
    await store.append(stream, "no-stream", [a, b]);
    for (const events of [[a, c], [c, b], [b], [b, a], [a, b, c]]) {
      await t.rejects(store.append(stream, "no-stream", events), new WrongExpectedRevision(stream, "no-stream", 1));
    }
    await t.rejects(store.append(stream, 0, [b, c]), new WrongExpectedRevision(stream, 0, 1));
    t.same(notesOf(await collect(store.readStream(stream))), ["a", "b"]);
  });

  t.test("the same ids at the stream's present revision are written again", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const events = [eventOf("a"), eventOf("b")];
    const first = await store.append(stream, "no-stream", events);
    const second = await store.append(stream, 1, events);
    t.equal(second.revision, 3);
    t.ok(second.position > first.position);
    t.same(notesOf(await collect(store.readStream(stream))), ["a", "b", "a", "b"]);
    t.same(await store.append(stream, 1, events), second);
    t.same(await store.append(stream, "no-stream", events), first);
  });

  t.test("an id may stand in several streams", async (t) => {
    const store = await open(t);
    const [one, other] = [streamIn("note"), streamIn("note")];
    const events = [eventOf("a")];
    const first = await store.append(one, "no-stream", events);
    const second = await store.append(other, "no-stream", events);
    t.ok(second.position > first.position);
    t.equal((await collect(store.readStream(other))).length, 1);
  });
};

export const repeatingAfterRestart = (t: Test, openToRestart: OpenToRestart): void => {
  t.test("the log is the same after a restart, and knows what was done before it", async (t) => {
    const { store, restart } = await openToRestart(t);
    const stream = streamIn("note");
    const [a, b, c] = [eventOf("a"), eventOf("b"), eventOf("c")];
    const first = await store.append(stream, "no-stream", [a, b]);
    const last = await store.append(stream, 1, [c]);
    const restarted = await restart();
    t.same(await restarted.append(stream, "no-stream", [a, b]), first);
    t.same(await restarted.append(stream, 1, [c]), last);
    t.same(await restarted.append(stream, 0, [b, c]), last);
    await t.rejects(restarted.append(stream, 1, [b]), new WrongExpectedRevision(stream, 1, 2));
    t.equal(await restarted.head(), last.position);
    t.same(notesOf(await collect(restarted.readStream(stream))), ["a", "b", "c"]);
    const again = await restarted.append(stream, 2, [a]);
    t.ok(again.position > last.position && again.revision === 3);
  });
};
