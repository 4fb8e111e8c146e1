import fc from "fast-check";
import t from "tap";
import { partitionOf } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { NotPublished, type Consumer, type EventBus } from "../src/index.ts";
import { createWriter, journey, type Fact, type Writer } from "./journeys.ts";
import { createRecorder } from "./recorder.ts";

/** What every adapter of the event bus must do. */

export interface BusUnderTest {
  /** The log whose published events the bus brings. */
  readonly store: EventStore;
  /** A bus as a process has one; opened again, it is the next process. */
  open(): Promise<EventBus>;
  /** Ends everything and removes what was stored. */
  remove(): Promise<void>;
}

type Tap = Pick<typeof t, "equal" | "not" | "ok" | "rejects" | "resolves" | "strictSame">;

/** The durables that these tests consume: an adapter whose broker has to make them does so for each. */
export const DURABLES = ["test", "one", "two"] as const;

/** Two cases whose events do not wait for each other. */
export const CASES = ["a", "b"] as const;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits for what has no event of its own; an adapter may look only every now and then. */
const eventually = async (what: string, isSo: () => boolean): Promise<void> => {
  const end = performance.now() + EVENTUALLY_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await turn();
  }
};
const EVENTUALLY_MS = 20_000;

const consumerOf = (handle: Consumer["handle"], durable = "test"): Consumer => ({
  durable,
  categories: ["journey", "training", "course"],
  types: ["JourneyMoved", "TrainingMoved", "CourseMoved"],
  handle,
});

/** Opens a bus and lets it consume; `stop` resolves when it has ended. */
const start = async (of: BusUnderTest, consumer: Consumer) => {
  const bus = await of.open();
  const stopping = new AbortController();
  const ended = bus.consume(consumer, stopping.signal);
  return {
    bus,
    async stop(): Promise<void> {
      stopping.abort();
      await ended;
      await bus.close();
    },
  };
};

export const eventBusContract = (adapter: string, openUnderTest: () => Promise<BusUnderTest>): void => {
  const test = (name: string, body: (t: Tap, of: BusUnderTest, write: Writer) => Promise<void>): void => {
    t.test(`${adapter}: ${name}`, async (t) => {
      const of = await openUnderTest();
      try {
        await body(t, of, createWriter(of.store));
      } finally {
        await of.remove();
      }
    });
  };

  t.test(`${adapter}: the two cases of these tests are of two partitions`, async (t) => {
    t.not(partitionOf({ streamId: CASES[0] }), partitionOf({ streamId: CASES[1] }));
  });

  test("a consumer gets every published event of its types and categories, and no other", async (t, of, write) => {
    const recorder = createRecorder();
    await write(
      { stream: "journey-a", to: "1" },
      { stream: "journey-a", type: "JourneyNoted", to: "private" },
      { stream: "course-x", to: "other category" },
      { stream: "training-a", to: "other type" },
      { stream: "training-a", type: "JourneyMoved", to: "private of the same name" },
      { stream: "journey-b", to: "2" },
    );
    const running = await start(of, {
      ...consumerOf(async (event) => recorder.note(event)),
      categories: ["journey", "training"],
      types: ["JourneyMoved"],
    });
    await recorder.untilSeen(2);
    await write({ stream: "journey-a", to: "3" });
    await recorder.untilSeen(3);
    await running.stop();
    t.strictSame(recorder.names().sort(), ["journey-a:1", "journey-a:3", "journey-b:2"]);
  });

  test("asking for a type that nobody publishes is refused", async (t, of) => {
    const bus = await of.open();
    const wrong = { ...consumerOf(async () => undefined), types: ["JourneyNoted"] };
    await t.rejects(bus.consume(wrong, new AbortController().signal), NotPublished);
    await bus.close();
  });

  test("a case's events come in the log's order over all its streams, one at a time", async (t, of, write) => {
    const recorder = createRecorder();
    const facts: Fact[] = Array.from({ length: 60 }, (_, index) => ({
      stream: `${index % 3 === 0 ? "training" : "journey"}-${CASES[index % 2] ?? "a"}`,
      to: String(index),
    }));
    const busy = new Map<string | undefined, number>();
    let atOnce = 0;
    const running = await start(
      of,
      consumerOf(async (event) => {
        const { caseId } = event.meta;
        busy.set(caseId, (busy.get(caseId) ?? 0) + 1);
        atOnce = Math.max(atOnce, ...busy.values());
        for (let turns = event.revision % 4; turns > 0; turns -= 1) await turn();
        busy.set(caseId, (busy.get(caseId) ?? 0) - 1);
        recorder.note(event);
      }),
    );
    await write(...facts);
    await recorder.untilSeen(facts.length);
    await running.stop();
    t.equal(atOnce, 1);
    for (const caseId of CASES) {
      const got = recorder.seen.filter(({ meta }) => meta.caseId === caseId).map(({ data }) => data["to"]);
      const written = facts.filter(({ stream }) => stream.endsWith(`-${caseId}`)).map(({ to }) => to);
      t.strictSame(got, written, caseId);
    }
  });

  test("a rejected event comes again before its case goes on, while other cases do", async (t, of, write) => {
    const recorder = createRecorder();
    await write(...journey("a", "1", "2"), ...journey("b", "1", "2"));
    const running = await start(
      of,
      consumerOf(async (event) => {
        const isFirst = event.stream === "journey-a" && event.data["to"] === "1";
        if (isFirst && !recorder.names().includes("journey-b:2")) throw new Error("not yet");
        recorder.note(event);
      }),
    );
    await recorder.untilSeen(4);
    await running.stop();
    t.strictSame(recorder.names(), ["journey-b:1", "journey-b:2", "journey-a:1", "journey-a:2"]);
  });

  test("an event is handed out for as long as it fails, each time with one try more", async (t, of, write) => {
    const recorder = createRecorder();
    const tries: number[] = [];
    await write(...journey("a", "1"));
    const running = await start(
      of,
      consumerOf(async (event, triesBefore) => {
        tries.push(triesBefore);
        if (tries.length < 6) throw new Error("not yet");
        recorder.note(event);
      }),
    );
    await recorder.untilSeen(1);
    await running.stop();
    t.strictSame(tries, [0, 1, 2, 3, 4, 5]);
  });

  test("a slow consumer loses nothing", async (t, of, write) => {
    const recorder = createRecorder();
    const facts = Array.from({ length: 300 }, (_, index) => ({ stream: `journey-${index % 20}`, to: String(index) }));
    const running = await start(
      of,
      consumerOf(async (event) => {
        await turn();
        await turn();
        recorder.note(event);
      }),
    );
    await write(...facts);
    await recorder.untilSeen(facts.length);
    await running.stop();
    t.equal(new Set(recorder.names()).size, facts.length);
  });

  test("a stop lets what runs finish, and what was not handled comes after the next start", async (t, of, write) => {
    const first = createRecorder();
    const release = Promise.withResolvers<undefined>();
    const isHeld = Promise.withResolvers<undefined>();
    await write(...journey("a", "1", "2", "3"));
    const running = await start(
      of,
      consumerOf(async (event) => {
        if (event.data["to"] === "2") {
          isHeld.resolve(undefined);
          await release.promise;
        }
        first.note(event);
      }),
    );
    await isHeld.promise;
    const stopped = running.stop();
    release.resolve(undefined);
    await stopped;
    t.strictSame(first.names(), ["journey-a:1", "journey-a:2"]);

    const second = createRecorder();
    const again = await start(
      of,
      consumerOf(async (event) => second.note(event)),
    );
    await second.until(() => second.names().includes("journey-a:3"));
    await again.stop();
    t.equal(second.names().at(-1), "journey-a:3");
  });

  test("an event that failed until the stop comes again after the next start", async (t, of, write) => {
    const failed = Promise.withResolvers<undefined>();
    await write(...journey("a", "1"));
    const running = await start(
      of,
      consumerOf(async () => {
        failed.resolve(undefined);
        throw new Error("never");
      }),
    );
    await failed.promise;
    await running.stop();
    const recorder = createRecorder();
    const again = await start(
      of,
      consumerOf(async (event) => recorder.note(event)),
    );
    await recorder.untilSeen(1);
    await again.stop();
    t.strictSame(recorder.names(), ["journey-a:1"]);
  });

  test("each durable has its own progress", async (t, of, write) => {
    await write(...journey("a", "1", "2"));
    for (const durable of ["one", "two"]) {
      const recorder = createRecorder();
      const running = await start(
        of,
        consumerOf(async (event) => recorder.note(event), durable),
      );
      await recorder.untilSeen(2);
      await running.stop();
      t.strictSame(recorder.names(), ["journey-a:1", "journey-a:2"], durable);
    }
  });

  test("it is ready while it brings events, and not after its end", async (t, of, write) => {
    const recorder = createRecorder();
    const running = await start(
      of,
      consumerOf(async (event) => recorder.note(event)),
    );
    await write(...journey("a", "1"));
    await recorder.untilSeen(1);
    await t.resolves(running.bus.check());
    await running.stop();
    await t.rejects(running.bus.check());
  });

  test("progress is where everything before is handled", async (t, of, write) => {
    const recorder = createRecorder();
    const release = Promise.withResolvers<undefined>();
    const first = await write(...journey("a", "held"));
    const last = await write(...journey("b", "1", "2"));
    const running = await start(
      of,
      consumerOf(async (event) => {
        if (event.data["to"] === "held") await release.promise;
        recorder.note(event);
      }),
    );
    await recorder.untilSeen(2);
    t.ok((running.bus.progress("test") ?? -1n) < first);
    t.equal(running.bus.progress("unheard of"), undefined);
    release.resolve(undefined);
    await recorder.untilSeen(3);
    await eventually("progress", () => (running.bus.progress("test") ?? -1n) >= last);
    await running.stop();
  });

  t.test(
    `${adapter}: whatever fails and whenever it stops, each case's events come in order without a gap`,
    async (t) => {
      const cases = fc.array(fc.constantFrom("journey-a", "training-a", "journey-b", "journey-c", "course-x"), {
        minLength: 1,
        maxLength: 40,
      });
      const stops = fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 3 });
      const fails = fc.infiniteStream(fc.integer({ min: 0, max: 4 }));
      await fc.assert(
        fc.asyncProperty(cases, stops, fails, async (streams, stopAfter, failing) => {
          const of = await openUnderTest();
          try {
            await createWriter(of.store)(...streams.map((stream, index) => ({ stream, to: String(index) })));
            const tooEarly = await handOutEverything(of, streams, stopAfter, failing);
            if (tooEarly.length > 0) throw new Error(tooEarly.join("\n"));
          } finally {
            await of.remove();
          }
        }),
        { numRuns: 25 },
      );
      t.pass();
    },
  );
};

const caseOf = (stream: string): string => stream.slice(stream.indexOf("-") + 1);

/** Runs a consumer that fails now and then, stops it after so many events each time, and then lets it end. */
const handOutEverything = async (
  of: BusUnderTest,
  streams: readonly string[],
  stopAfter: readonly number[],
  failing: Iterator<number>,
): Promise<readonly string[]> => {
  const expected = Map.groupBy(streams.keys(), (index) => caseOf(streams[index] ?? ""));
  /** How many of each case's events were handled, over all runs. */
  const handled = new Map<string, number>();
  const isAllHandled = (): boolean => [...expected].every(([id, all]) => handled.get(id) === all.length);

  const tooEarly: string[] = [];

  for (const count of [...stopAfter, Infinity]) {
    const recorder = createRecorder();
    /** How far each case came within this run: it may begin again before what was handled, never after it. */
    const next = new Map<string, number>();
    const running = await start(
      of,
      consumerOf(async (event) => {
        if (failing.next().value === 0) throw new Error("now and then");
        const id = caseOf(event.stream);
        const place = (expected.get(id) ?? []).indexOf(Number(event.data["to"]));
        const due = next.get(id) ?? handled.get(id) ?? 0;
        if (place > due) tooEarly.push(`case ${id}: event ${place} came where ${due} was due`);
        next.set(id, Math.max(due, place + 1));
        handled.set(id, Math.max(handled.get(id) ?? 0, place + 1));
        recorder.note(event);
      }),
    );
    await recorder.until(() => isAllHandled() || recorder.seen.length >= count);
    await running.stop();
  }
  return tooEarly;
};
