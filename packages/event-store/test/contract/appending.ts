import { randomBytes } from "node:crypto";
import type { Test } from "tap";
import {
  AppendTooLarge,
  countedBytes,
  MAX_APPEND_BYTES,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventToAppend,
} from "../../src/index.ts";
import type { OpenLog } from "../contract.ts";
import { collect, eventOf, noteOf, notesOf, streamIn, withoutPlace, writeNotes } from "../support/events.ts";

export const appending = (t: Test, open: OpenLog): void => {
  t.test("an append gives revision and position of its last event", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const before = await store.head();
    const first = await store.append(stream, "no-stream", [eventOf("a"), eventOf("b")]);
    t.equal(first.revision, 1);
    t.ok(first.position > before);
    t.equal(await store.head(), first.position);
    const second = await store.append(stream, 1, [eventOf("c")]);
    t.equal(second.revision, 2);
    t.ok(second.position > first.position);
    t.equal((await collect(store.readStream(stream))).at(-1)?.position, second.position);
  });

  t.test("events come back with the bytes that were handed in, whatever they are", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const every = Uint8Array.from({ length: 256 }, (_, index) => index);
    const bodies = [new Uint8Array(0), every, Uint8Array.of(0), randomBytes(5_000), Buffer.from("ўзбекча 🛫 \ud800")];
    const events = bodies.map((data, index) => eventOf("", { data, metadata: bodies.at(-index) ?? every }));
    await store.append(stream, "no-stream", events);
    const read = await collect(store.readStream(stream));
    t.same(read.map(withoutPlace), events.map(withoutPlace));
    t.ok(read.every(({ data, metadata }) => data instanceof Uint8Array && metadata instanceof Uint8Array));
  });

  t.test("an event is what it was at the call, even if its owner uses the bytes again", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const event = eventOf("as it was");
    const appended = store.append(stream, "no-stream", [event]);
    event.data.fill(0);
    await appended;
    t.same((await collect(store.readStream(stream))).map(noteOf), ["as it was"]);
  });

  t.test("streams with long, foreign and like names are kept apart", async (t) => {
    const store = await open(t);
    const base = streamIn("note");
    const streams = [base, `${base} `, base.toUpperCase(), `${base}-${"x".repeat(900)}`, `${base}-ў`, `'"%_;${base}`];
    for (const stream of streams) await store.append(stream, "no-stream", [eventOf(stream)]);
    for (const stream of streams) t.same(notesOf(await collect(store.readStream(stream))), [stream]);
  });

  t.test("another revision than the stream's is refused, and the stream's is told", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const refused = async (expected: number | "no-stream", actual: number | "no-stream") => {
      const append = store.append(stream, expected, [eventOf("refused")]);
      // The message tells all three.
      await t.rejects(append, new WrongExpectedRevision(stream, expected, actual));
      t.match(await append.catch((problem: unknown) => problem), { stream, expected, actual });
    };
    await refused(0, "no-stream");
    await writeNotes(store, stream, ["a", "b"]);
    await refused("no-stream", 1);
    await refused(0, 1);
    await refused(2, 1);
    t.same(notesOf(await collect(store.readStream(stream))), ["a", "b"]);
  });

  t.test("of many appends at one revision, one wins", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    for (const expected of ["no-stream", 0, 1] as const) {
      const racing = Array.from({ length: 50 }, (_, index) => store.append(stream, expected, [eventOf(String(index))]));
      const ended = await Promise.allSettled(racing);
      t.equal(ended.filter(({ status }) => status === "fulfilled").length, 1);
      for (const end of ended) if (end.status === "rejected") t.type(end.reason, WrongExpectedRevision);
    }
    t.equal((await collect(store.readStream(stream))).length, 3);
  });

  t.test("a refused append does its neighbours no harm", async (t) => {
    const store = await open(t);
    const streams = Array.from({ length: 40 }, () => streamIn("note"));
    const appends = streams.map((stream, index) =>
      store.append(stream, index % 2 === 0 ? "no-stream" : 7, [eventOf(String(index)), eventOf("second")]),
    );
    const ended = await Promise.allSettled(appends);
    for (const [index, stream] of streams.entries()) {
      const stored = index % 2 === 0;
      t.equal(ended[index]?.status, stored ? "fulfilled" : "rejected");
      t.same(notesOf(await collect(store.readStream(stream))), stored ? [String(index), "second"] : []);
    }
  });

  t.test("an append of many events is stored whole, in order and without others in between", async (t) => {
    const store = await open(t);
    const streams = Array.from({ length: 5 }, () => streamIn("note"));
    const notes = Array.from({ length: 300 }, (_, index) => String(index));
    await Promise.all(
      streams.map((stream) =>
        store.append(
          stream,
          "no-stream",
          notes.map((note) => eventOf(note)),
        ),
      ),
    );
    for (const stream of streams) {
      const read = await collect(store.readStream(stream));
      t.same(notesOf(read), notes);
      t.same(
        read.map(({ revision }) => revision),
        [...notes.keys()],
      );
      const [first, last] = [read[0]!.position, read.at(-1)!.position];
      const between = await collect(store.readAll({ after: first - 1n, limit: 300 }));
      t.ok(between.every((event) => event.stream === stream) && between.at(-1)?.position === last);
    }
  });

  t.test("ten thousand events in one stream have dense revisions and growing positions", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    for (let first = 0; first < 10_000; first += 500) {
      const events = Array.from({ length: 500 }, (_, index) => eventOf(String(first + index)));
      await store.append(stream, first === 0 ? "no-stream" : first - 1, events);
    }
    const read = await collect(store.readStream(stream));
    t.equal(read.length, 10_000);
    t.ok(read.every(({ revision }, index) => revision === index && noteOf(read[index]!) === String(index)));
    t.ok(read.every(({ position }, index) => index === 0 || position > read[index - 1]!.position));
    t.ok(read.every(({ recordedAt }, index) => index === 0 || recordedAt >= read[index - 1]!.recordedAt));
  });

  t.test("an append may have as many bytes as the limit says, and not one more", async (t) => {
    const store = await open(t);
    const ofBytes = (bytes: number): EventToAppend[] => {
      const none = new Uint8Array(0);
      const [one, two] = [100, 200].map((length) => eventOf("", { data: none, metadata: randomBytes(length) }));
      const rest = bytes - countedBytes(one!) - countedBytes(two!);
      const half = Math.floor(rest / 2);
      return [
        { ...one!, data: randomBytes(half) },
        { ...two!, data: randomBytes(rest - half) },
      ];
    };
    const [fits, tooLarge] = [streamIn("note"), streamIn("note")];
    const largest = ofBytes(MAX_APPEND_BYTES);
    await store.append(fits, "no-stream", largest);
    t.same((await collect(store.readStream(fits))).map(withoutPlace), largest.map(withoutPlace));
    const append = store.append(tooLarge, "no-stream", ofBytes(MAX_APPEND_BYTES + 1));
    await t.rejects(append, new AppendTooLarge(MAX_APPEND_BYTES + 1));
    t.same(await collect(store.readStream(tooLarge)), []);
  });

  t.test("one event may have a body of nearly a mebibyte, in its data or in its metadata", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const none = new Uint8Array(0);
    const room = MAX_APPEND_BYTES - countedBytes(eventOf("", { data: none, metadata: none }));
    const bodies = [
      eventOf("", { data: randomBytes(room), metadata: none }),
      eventOf("", { data: none, metadata: randomBytes(Math.floor(room / 4) * 3) }),
      eventOf("", { data: none, metadata: Buffer.from(JSON.stringify({ long: "x".repeat(700_000) })) }),
    ];
    for (const [index, event] of bodies.entries())
      await store.append(stream, index === 0 ? "no-stream" : index - 1, [event]);
    t.same((await collect(store.readStream(stream))).map(withoutPlace), bodies.map(withoutPlace));
    const oneMore = eventOf("", { data: none, metadata: randomBytes(Math.floor(room / 4) * 3 + 1) });
    await t.rejects(store.append(stream, 2, [oneMore]), { name: "AppendTooLarge" });
  });

  t.test(
    "metadata comes back byte for byte, also where it is JSON written otherwise, or looks like our own",
    async (t) => {
      const store = await open(t);
      const stream = streamIn("note");
      const texts = [
        "{}",
        "{ }",
        ' {"a": 1.0, "a": 2}',
        '{"number":12345678901234567890,"__proto__":{"a":1}}',
        '{"bytes":"AAAA"}',
        '{"origin":{"position":"7","recordedAt":1,"metadata":"AAAA"}}',
        "null",
        "17",
        '"text"',
        "[1,2]",
        '{"half":"\\ud800"}',
        "\ufeff{}",
        "",
      ];
      const metadata = [
        ...texts.map((text) => Buffer.from(text)),
        Buffer.from([0x7b, 0xff, 0x7d]),
        Buffer.from('{"a":"\xff"}', "latin1"),
      ];
      const events = metadata.map((bytes, index) => eventOf(String(index), { metadata: bytes }));
      await store.append(stream, "no-stream", events);
      t.same((await collect(store.readStream(stream))).map(withoutPlace), events.map(withoutPlace));
    },
  );

  t.test("what no log may be given is refused before it is sent, and nothing is stored", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const head = await store.head();
    const mistakes = [
      () => store.append("", "no-stream", [eventOf("no name")]),
      () => store.append("x".repeat(2_000), "no-stream", [eventOf("a name too long")]),
      () => store.append("note-\ud800", "no-stream", [eventOf("half a character")]),
      () => store.append(stream, "no-stream", [eventOf("no type", { type: "" })]),
      () => store.append(stream, "no-stream", [eventOf("fine"), eventOf("no UUID", { id: "17" })]),
      () => store.append(stream, "no-stream", [eventOf("upper case", { id: "7C1F3C9E-52D4-4D2B-9A1E-6F5B0E8D7A34" })]),
      () => store.append(stream, -1, [eventOf("no revision")]),
      () => store.append(stream, 0.5, [eventOf("no revision")]),
      () => store.append(stream, "no-stream", []),
    ];
    for (const mistake of mistakes) await t.rejects(mistake(), TypeError);
    t.equal(await store.head(), head);
  });

  t.test("a closed log has stored what it was given, and takes nothing more", async (t) => {
    const store = await open(t);
    const stream = streamIn("note");
    const last = Promise.all([
      store.append(stream, "no-stream", [eventOf("a")]),
      store.append(stream, 0, [eventOf("b")]),
    ]);
    await store.close();
    t.same(
      (await last).map(({ revision }) => revision),
      [0, 1],
    );
    await store.close();
    const unavailable = { name: "StoreUnavailable", outcome: "not-stored" };
    await t.rejects(store.append(stream, 1, [eventOf("c")]), unavailable);
    await t.rejects(store.head(), unavailable);
    await t.rejects(collect(store.readStream(stream)), unavailable);
    await t.rejects(collect(store.readAll()), unavailable);
    const { signal } = new AbortController();
    await t.rejects(
      collect(store.subscribe({ after: "start", signal })),
      new StoreUnavailable("the log is closed", "not-stored"),
    );
  });
};
