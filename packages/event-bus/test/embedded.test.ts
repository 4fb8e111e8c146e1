import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { createEmbeddedEventBus, type BusLog, type Consumer } from "../src/index.ts";
import { MAX_IN_FLIGHT } from "../src/limits.ts";
import type { EventStore } from "@safar/event-store";
import { eventBusContract, type BusUnderTest } from "./contract.ts";
import { impatientEnvironment as environment } from "./environment.ts";
import { createWriter, decoder, journey } from "./journeys.ts";
import { createRecorder } from "./recorder.ts";
import { openStore } from "./store.ts";

const openUnderTest = async (): Promise<BusUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-bus-"));
  const store = openStore();
  return {
    store,
    open: async () => createEmbeddedEventBus({ store, decoder, file: join(folder, "bus.sqlite"), environment }),
    async remove() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
};

eventBusContract("the embedded bus", openUnderTest);

const consumerOf = (handle: Consumer["handle"]): Consumer => ({
  durable: "test",
  categories: ["journey"],
  types: ["JourneyMoved"],
  handle,
});

/** Consumes until so many events have come, as one process would; gives their names. */
const consume = async (store: EventStore, file: string, count: number, log?: BusLog): Promise<string[]> => {
  const recorder = createRecorder();
  const bus = createEmbeddedEventBus({ store, decoder, file, environment, ...(log && { log }) });
  const ended = bus.consume(
    consumerOf(async (event) => recorder.note(event)),
    new AbortController().signal,
  );
  await recorder.untilSeen(count);
  await bus.close();
  await ended;
  return recorder.names();
};

const inFolder = (name: string, body: (t: Tap, file: string) => Promise<void>): void => {
  t.test(name, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "safar-bus-"));
    t.teardown(() => rm(folder, { recursive: true }));
    await body(t, join(folder, "bus.sqlite"));
  });
};
type Tap = Pick<typeof t, "equal" | "match" | "ok" | "rejects" | "strictSame" | "throws">;

inFolder("after a clean stop nothing is handed out again", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  await write(...journey("a", "1", "2"));
  t.strictSame(await consume(store, file, 2), ["journey-a:1", "journey-a:2"]);
  await write(...journey("a", "3"));
  t.strictSame(await consume(store, file, 1), ["journey-a:3"]);
});

inFolder("a consumer that is ahead of a restored log begins anew", async (t, file) => {
  const before = openStore();
  await createWriter(before)(...journey("a", "1", "2", "3"));
  await consume(before, file, 3);
  const restored = openStore();
  await createWriter(restored)(...journey("a", "1", "2"));
  t.strictSame(await consume(restored, file, 2), ["journey-a:1", "journey-a:2"]);
});

inFolder("a damaged file hands everything out again and says so", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...journey("a", "1"));
  await consume(store, file, 1);
  await rm(`${file}-wal`, { force: true });
  await writeFile(file, "x".repeat(8_192));
  const warnings: string[] = [];
  const log: BusLog = { warn: (_, message) => warnings.push(message) };
  t.strictSame(await consume(store, file, 1, log), ["journey-a:1"]);
  t.match(warnings, ["the consumers' progress is damaged; all events are handed out again"]);
});

inFolder("a file that is another database is left alone", async (t, file) => {
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE precious (thing TEXT)");
  other.close();
  const store = openStore();
  t.throws(() => createEmbeddedEventBus({ store, decoder, file, environment }), /left alone/);
});

inFolder("one process has each durable once", async (t, file) => {
  const bus = createEmbeddedEventBus({ store: openStore(), decoder, file, environment });
  const stopping = new AbortController();
  const first = bus.consume(
    consumerOf(async () => undefined),
    stopping.signal,
  );
  await t.rejects(
    bus.consume(
      consumerOf(async () => undefined),
      stopping.signal,
    ),
    /consumed already/,
  );
  await bus.close();
  await first;
});

inFolder("an event that this program cannot read holds up its own case only", async (t, file) => {
  const store = openStore();
  const recorder = createRecorder();
  const warnings: string[] = [];
  await createWriter(store)(
    { stream: "journey-a", to: "from a newer program", schemaVersion: 2 },
    { stream: "journey-a", to: "after it" },
    ...journey("b", "1", "2"),
  );
  const log: BusLog = { warn: (details) => warnings.push(String(details["err"])) };
  const bus = createEmbeddedEventBus({ store, decoder, file, environment, log });
  const ended = bus.consume(
    consumerOf(async (event) => recorder.note(event)),
    new AbortController().signal,
  );
  await recorder.untilSeen(2);
  t.equal(bus.progress("test"), -1n, "the event still counts as not handled");
  await bus.close();
  await ended;
  t.strictSame(recorder.names(), ["journey-b:1", "journey-b:2"]);
  t.match(warnings[0], /UnknownVersion/);
});

inFolder("a case that is stuck holds up no other, however much follows, and goes on in order", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  const others = 40;
  const rounds = Math.ceil((MAX_IN_FLIGHT + 2_000) / others);
  for (let round = 0; round < rounds; round += 1) {
    await write({ stream: "journey-stuck", to: String(round) });
    for (let other = 0; other < others; other += 1) await write({ stream: `journey-${other}`, to: String(round) });
  }
  const recorder = createRecorder();
  let isStuck = true;
  const bus = createEmbeddedEventBus({ store, decoder, file, environment });
  const ended = bus.consume(
    consumerOf(async (event) => {
      if (isStuck && event.stream === "journey-stuck") throw new Error("not now");
      recorder.note(event);
    }),
    new AbortController().signal,
  );
  await recorder.untilSeen(others * rounds);
  t.equal(bus.progress("test"), -1n, "the first event still counts as not handled");
  isStuck = false;
  await recorder.untilSeen((others + 1) * rounds);
  t.strictSame(
    recorder.names().filter((name) => name.startsWith("journey-stuck:")),
    Array.from({ length: rounds }, (_, round) => `journey-stuck:${round}`),
  );
  const head = await store.head();
  while (bus.progress("test") !== head) await environment.timers.sleep(1);
  await bus.close();
  await ended;
});

inFolder("a consumer that is stuck makes the bus stop reading", async (t, file) => {
  const store = openStore();
  const count = MAX_IN_FLIGHT + 2_000;
  const write = createWriter(store);
  for (let index = 0; index < count; index += 1) await write({ stream: "journey-a", to: String(index) });
  let pulled = 0;
  let mostAhead = 0;
  const recorder = createRecorder();
  const release = Promise.withResolvers<undefined>();
  const counted: EventStore = {
    ...store,
    async *subscribe(options) {
      for await (const message of store.subscribe(options)) {
        if (message.kind === "events") pulled += message.events.length;
        // What stands in the log is read far past the limit unless the bus stops asking.
        if (pulled >= MAX_IN_FLIGHT) release.resolve(undefined);
        mostAhead = Math.max(mostAhead, pulled - recorder.seen.length);
        yield message;
      }
    },
  };
  const bus = createEmbeddedEventBus({ store: counted, decoder, file, environment });
  const ended = bus.consume(
    consumerOf(async (event) => {
      await release.promise;
      recorder.note(event);
    }),
    new AbortController().signal,
  );
  await recorder.untilSeen(count);
  await bus.close();
  await ended;
  const oneMessage = 1_000;
  t.ok(mostAhead <= MAX_IN_FLIGHT + oneMessage, `${mostAhead} events ahead`);
});

inFolder("killed at work, it hands out all that was not handled", async (t, file) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "killed-consumer.ts"), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  t.equal(signal, "SIGKILL");
  const handled = output.trim().split("\n");
  t.equal(handled.length, 700);

  const store = openStore();
  const write = createWriter(store);
  const all = Array.from({ length: 1_000 }, (_, index) => ({ stream: `journey-${index % 7}`, to: String(index) }));
  await write(...all);
  const names = all.map(({ stream, to }) => `${stream}:${to}`);
  const missing = names.filter((name) => !handled.includes(name));
  const recorder = createRecorder();
  const bus = createEmbeddedEventBus({ store, decoder, file, environment });
  const ended = bus.consume(
    consumerOf(async (event) => recorder.note(event)),
    new AbortController().signal,
  );
  await recorder.until(() => missing.every((name) => recorder.names().includes(name)));
  await bus.close();
  await ended;
  t.ok(recorder.seen.length < names.length, "it went on from what was saved");
});
