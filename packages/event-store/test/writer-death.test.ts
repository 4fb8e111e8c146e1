import { randomUUID } from "node:crypto";
import { isDeepStrictEqual as isSame } from "node:util";
import type { Worker } from "node:worker_threads";
import t, { type Test } from "tap";
import { StoreUnavailable, type AppendResult, type EmbeddedEventStore, type EventToAppend } from "../src/index.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, notesOf, streamIn } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

/** The log in a folder, and its writer's thread, which a test can end at any moment as a defect would. */
const openWithWriter = async (t: Test, folder: string) => {
  const reports: string[] = [];
  const workers: Worker[] = [];
  const note = (worker: Worker): void => void workers.push(worker);
  process.on("worker", note);
  t.teardown(() => process.off("worker", note));
  const store = await openIn(t, folder, { report: (problem) => reports.push(String(problem)) });
  const end = async (): Promise<void> => {
    await workers.findLast(({ threadName }) => threadName === "event log writer")?.terminate();
  };
  return { store, reports, end };
};

/** Appends again and again until it is stored, as whoever has to know does: the same events at the same revision. */
const insist = async (store: EmbeddedEventStore, stream: string, event: EventToAppend) => {
  for (;;)
    try {
      return await store.append(stream, "no-stream", [event]);
    } catch (problem) {
      if (!(problem instanceof StoreUnavailable)) throw problem;
      await environment.timers.sleep(10);
    }
};

const WRITERS = 8;
/** So many events are in the log before its writer dies. */
const BEFORE = 50n;

interface Append {
  readonly stream: string;
  readonly event: EventToAppend;
  readonly answer: AppendResult | StoreUnavailable;
}

/** Appends one event after the other, each to a stream of its own, until one is not acknowledged: the last of them. */
const appendUntilRefused = async (store: EmbeddedEventStore): Promise<Append[]> => {
  const appends: Append[] = [];
  for (;;) {
    const [stream, event] = [streamIn("note"), eventOf(randomUUID())];
    const answer = await store.append(stream, "no-stream", [event]).catch((problem: unknown) => problem);
    appends.push({ stream, event, answer: answer as Append["answer"] });
    if (answer instanceof Error) return appends;
  }
};

t.test("a writer that dies is replaced: what was acknowledged is there, what was not can be repeated", async (t) => {
  const folder = await temporaryFolder(t);
  const { store, reports, end } = await openWithWriter(t, folder);
  const writing = Promise.all(Array.from({ length: WRITERS }, () => appendUntilRefused(store)));
  while ((await store.head()) < BEFORE) await environment.timers.sleep(0);
  await end();
  const appends = (await writing).flat();
  const refused = appends.filter(({ answer }) => answer instanceof Error);
  t.ok(refused.every(({ answer }) => answer instanceof StoreUnavailable));

  const again = await Promise.all(appends.map(({ stream, event }) => insist(store, stream, event)));
  const changed = appends.filter(({ answer }, index) => !(answer instanceof Error) && !isSame(answer, again[index]));
  t.same(changed, [], "acknowledged once, answered so for ever");
  const stored = await collect(store.readAll());
  t.same(notesOf(stored).sort(), notesOf(appends.map(({ event }) => event)).sort(), "each once");
  t.equal(await store.head(), stored.at(-1)?.position);
  t.match(reports[0], /the writer of the log died/);
  await store.close();
  t.same(await collect((await openIn(t, folder)).readAll()), stored, "and so it is after a restart");
});

t.test("subscribers go on over a writer's death, without a gap and without a repeat", async (t) => {
  const { store, end } = await openWithWriter(t, await temporaryFolder(t));
  const seen: string[] = [];
  const stopping = new AbortController();
  const watching = (async () => {
    for await (const message of store.subscribe({ after: "start", signal: stopping.signal }))
      if (message.kind === "events") seen.push(...notesOf(message.events));
  })();
  const notes: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let index = 0; index < 25; index += 1) {
      notes.push(`${round}-${index}`);
      // The last of a round is on its way when the thread ends: stored or not, it is repeated.
      const appended = insist(store, streamIn("note"), eventOf(notes.at(-1)!));
      if (index < 24) await appended;
      else await Promise.all([appended, end()]);
    }
  }
  while (seen.length < notes.length) await environment.timers.sleep(5);
  stopping.abort();
  await watching;
  t.same(seen, notes);
});

t.test("a log whose writer is dead can be closed", async (t) => {
  const folder = await temporaryFolder(t);
  const { store, end } = await openWithWriter(t, folder);
  await store.append(streamIn("note"), "no-stream", [eventOf("a")]);
  await Promise.all([end(), store.close()]);
  t.same(notesOf(await collect((await openIn(t, folder)).readAll())), ["a"]);
});
