import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import t from "tap";
import { LOG_FILE, WrongExpectedRevision } from "../src/index.ts";
import { startChild } from "./support/child.ts";
import { withClock } from "./support/environment.ts";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

t.test("a log that is opened again holds all it was given and goes on after it", async (t) => {
  const folder = await temporaryFolder(t);
  const stream = streamIn("note");
  const first = await openIn(t, folder);
  t.equal(await first.head(), -1n);
  const [a, b] = [eventOf("a"), eventOf("b")];
  const answer = await first.append(stream, "no-stream", [a, b]);
  const before = await collect(first.readAll());
  await first.close();

  const second = await openIn(t, folder);
  t.equal(await second.head(), answer.position);
  t.same(await collect(second.readAll()), before);
  t.same(await second.append(stream, "no-stream", [a, b]), answer, "a repeat gets its first answer");
  await t.rejects(second.append(stream, 0, [a]), new WrongExpectedRevision(stream, 0, 1));
  const next = await second.append(stream, 1, [eventOf("c")]);
  t.same(next, { revision: 2, position: answer.position + 1n });
});

t.test("positions begin and go on above the one that is given, for ever", async (t) => {
  const folder = await temporaryFolder(t);
  const first = await openIn(t, folder, { firstPositionAbove: 999n });
  t.equal(await first.head(), -1n);
  t.equal((await first.append(streamIn("note"), "no-stream", [eventOf("a")])).position, 1_000n);
  t.equal(await first.continueAbove(5n), 1_000n, "a lower one changes nothing");
  t.equal((await first.append(streamIn("note"), "no-stream", [eventOf("b")])).position, 1_001n);
  t.equal(await first.continueAbove(1_000_000_000_000n), 1_000_000_000_000n);
  t.equal(await first.head(), 1_001n);
  await t.rejects(first.continueAbove(2n ** 60n), RangeError);
  await first.close();

  const second = await openIn(t, folder);
  t.equal(await second.continueAbove(-1n), 1_000_000_000_000n);
  t.equal((await second.append(streamIn("note"), "no-stream", [eventOf("c")])).position, 1_000_000_000_001n);
  t.same(notesOf(await collect(second.readAll({ after: 1_000n }))), ["b", "c"]);
});

t.test("recordedAt stands still while the clock goes back, after a restart too", async (t) => {
  const folder = await temporaryFolder(t);
  for (const now of [5_000, 3_000.5, 6_000.5]) {
    const store = await openIn(t, folder, { environment: withClock(() => now) });
    await store.append(streamIn("note"), "no-stream", [eventOf("a")]);
    await store.close();
  }
  const read = await collect((await openIn(t, folder)).readAll());
  t.same(
    read.map(({ recordedAt }) => recordedAt),
    [5_000, 5_000, 6_000],
  );
});

t.test("the log has one writer: a second one is refused until the first is gone, however it went", async (t) => {
  const folder = await temporaryFolder(t);
  const inUse = { name: "LogFileRefused", refusal: "in-use", file: join(folder, LOG_FILE) };
  const child = startChild(t, "./hold-open.ts", [folder]);
  t.equal(await child.nextLine(), "open");
  await t.rejects(openIn(t, folder), inUse);
  await child.kill();

  const store = await openIn(t, folder);
  await t.rejects(openIn(t, folder), inUse);
  await store.close();
  await (await openIn(t, folder)).close();
});

t.test("a file of a later version, of another program or of none is refused and left as it is", async (t) => {
  const folder = await temporaryFolder(t);
  await (await openIn(t, folder)).close();
  const change = (sql: string): void => {
    const database = new DatabaseSync(join(folder, LOG_FILE));
    database.exec(sql);
    database.close();
  };
  change("PRAGMA user_version = 1000");
  await t.rejects(openIn(t, folder), { name: "LogFileRefused", refusal: "newer-version", message: /newer program/ });
  change("PRAGMA user_version = 1; PRAGMA application_id = 7");
  await t.rejects(openIn(t, folder), { name: "LogFileRefused", refusal: "not-a-log" });
  await writeFile(join(folder, LOG_FILE), "dear diary, ".repeat(100));
  await t.rejects(openIn(t, folder), { name: "LogFileRefused", refusal: "not-a-log" });
});

t.test("any SQLite tool reads the log while it is open", async (t) => {
  const store = await openIn(t, await temporaryFolder(t), { environment: withClock(() => 1_767_225_600_250) });
  const stream = streamIn("note");
  const [event] = await writeNotes(store, stream, ["ўқиш"]);
  const tool = new DatabaseSync(store.file, { readOnly: true });
  t.teardown(() => tool.close());
  t.same(
    { ...tool.prepare("SELECT * FROM log").get() },
    {
      position: 0,
      stream,
      revision: 0,
      type: "NoteTaken",
      recorded_at: "2026-01-01T00:00:00.250Z",
      id: event?.id,
      data: '{"note":"ўқиш"}',
      metadata: "{}",
    },
  );
});

t.test("when too much waits already, an append is refused and not stored", async (t) => {
  const store = await openIn(t, await temporaryFolder(t));
  const streams = Array.from({ length: 17_000 }, () => streamIn("note"));
  const ended = await Promise.allSettled(streams.map((stream) => store.append(stream, "no-stream", [eventOf("a")])));
  const refused = ended.filter((end) => end.status === "rejected");
  t.ok(refused.length > 0);
  for (const { reason } of refused.slice(0, 3)) t.match(reason, { name: "StoreOverloaded", outcome: "not-stored" });
  t.equal((await collect(store.readAll())).length, streams.length - refused.length);
  await store.append(streamIn("note"), "no-stream", [eventOf("afterwards")]);
});

/** More than are held in memory before they go into the index on disk. */
const MANY_STREAMS = 70_000;

t.test("a stream is found among very many, new or old, before and after a restart", async (t) => {
  const folder = await temporaryFolder(t);
  const streams = Array.from({ length: MANY_STREAMS }, (_, index) => `many-${index}`);
  const first = await openIn(t, folder);
  for (let at = 0; at < streams.length; at += 5_000) {
    const some = streams.slice(at, at + 5_000);
    await Promise.all(some.map((stream) => first.append(stream, "no-stream", [eventOf(stream)])));
  }
  const sample = streams.filter((_, index) => index % 97 === 0);
  const refused = await Promise.allSettled(sample.map((stream) => first.append(stream, "no-stream", [eventOf("no")])));
  t.ok(refused.every((end) => end.status === "rejected" && end.reason instanceof WrongExpectedRevision));
  for (const stream of sample) t.same(notesOf(await collect(first.readStream(stream))), [stream]);
  await first.close();

  const second = await openIn(t, folder);
  await Promise.all(sample.map((stream) => second.append(stream, 0, [eventOf("second")])));
  for (const stream of sample) t.same(notesOf(await collect(second.readStream(stream))), [stream, "second"]);
  const tool = new DatabaseSync(second.file, { readOnly: true });
  t.teardown(() => tool.close());
  t.same(
    { ...tool.prepare("SELECT count(*) AS names, count(DISTINCT name) AS distinctNames FROM streams").get() },
    {
      names: MANY_STREAMS,
      distinctNames: MANY_STREAMS,
    },
  );
  t.ok(Number(tool.prepare("SELECT count(*) AS indexed FROM stream_index").get()?.["indexed"]) > 0);
});
