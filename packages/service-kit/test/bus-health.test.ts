import { pino } from "pino";
import t from "tap";
import { createEmbeddedEventBus, type EventBus } from "@safar/event-bus";
import { openMemoryEventStore } from "@safar/event-store";
import { openMemoryVault } from "@safar/vault";
import { createKit, decoderOfEverything, realEnvironment } from "../src/index.ts";
import { BUS_GRACE_MS, createBusHealth } from "../src/observability/bus-health.ts";

const real = realEnvironment();
const AWAY = ["the stream of events does not answer; the log of this process says why"];

/** A bus whose stream can be taken away, a clock that a test moves on, and nobody who waits a second for an answer. */
const givenBus = () => {
  const time = { now: 1_000 };
  const environment = {
    ...real,
    clock: { ...real.clock, monotonic: () => time.now },
    timers: {
      ...real.timers,
      after(_milliseconds: number, callback: () => void) {
        void real.timers.sleep(1).then(callback);
        return () => undefined;
      },
    },
  };
  const store = openMemoryEventStore({ environment });
  const vault = openMemoryVault({ environment });
  const decoder = decoderOfEverything();
  const embedded = createEmbeddedEventBus({ store, decoder, file: ":memory:", environment });
  const stream = { answer: (): Promise<void> => Promise.resolve(), asked: 0 };
  const bus: EventBus = {
    ...embedded,
    check() {
      stream.asked += 1;
      return stream.answer();
    },
  };
  const told: string[] = [];
  const log = pino({ level: "warn" }, { write: (line) => void told.push(line) });
  const kit = createKit({ environment, store, vault, bus, decoder, log, readModelFile: () => ":memory:" });
  t.teardown(() => embedded.close());
  return { time, stream, told, ask: createBusHealth(kit) };
};

const refuses = (): Promise<never> => Promise.reject(new Error("stream not found"));

t.test("a stream that is slow for a moment is no trouble, and is told when it lasts", async (t) => {
  const { time, stream, told, ask } = givenBus();
  t.same(await ask(), []);
  let answer: () => void = () => undefined;
  stream.answer = () => new Promise<void>((resolve) => (answer = resolve));
  time.now += 60_000;
  t.same(await ask(), [], "however long nobody had asked");
  time.now += BUS_GRACE_MS - 1;
  t.same(await ask(), []);
  t.equal(told.length, 0);
  time.now += 1;
  t.same(await ask(), AWAY);
  t.same(await ask(), AWAY);
  t.equal(told.length, 1);
  t.match(told[0], /did not answer in time/);
  t.equal(stream.asked, 2, "behind a question that hangs no others gather");

  stream.answer = () => Promise.resolve();
  answer();
  t.same(await ask(), [], "and all is well again at once");
  t.match(told[1], /brought to reactions again/);
});

t.test("a stream that refuses is given as long, and the log says why", async (t) => {
  const { time, stream, told, ask } = givenBus();
  t.same(await ask(), []);
  stream.answer = refuses;
  time.now += 1_000;
  t.same(await ask(), []);
  time.now += BUS_GRACE_MS;
  t.same(await ask(), AWAY);
  t.match(told[0], /stream not found/);
});

t.test("a stream that has never answered is told at once: the process has not seen events come", async (t) => {
  const { time, stream, ask } = givenBus();
  stream.answer = refuses;
  t.same(await ask(), AWAY);
  stream.answer = () => Promise.resolve();
  time.now += 1_000;
  t.same(await ask(), []);
});

t.test("whoever floods readiness does not flood the stream", async (t) => {
  const { time, stream, ask } = givenBus();
  for (let round = 0; round < 50; round += 1) await ask();
  t.equal(stream.asked, 1);
  time.now += 1_000;
  await Promise.all([ask(), ask(), ask()]);
  t.equal(stream.asked, 2);
});
