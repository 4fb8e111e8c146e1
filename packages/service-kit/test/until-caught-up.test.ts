import { pino } from "pino";
import t, { type Test } from "tap";
import { openMemoryEventStore, StoreUnavailable, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { openMemoryVault } from "@safar/vault";
import { openLocalIssuer, realEnvironment } from "../src/index.ts";
import { smallService } from "./support/small-service.ts";
import { startOne } from "./support/start-one.ts";

/** What an operator is told while a start waits. */

const real = realEnvironment();
const TELL_EVERY_MS = 10_000;
/** A start that never comes to its end fails the test, and does not hold it up. */
const LIMIT = { timeout: 20_000 };

/** Time to tell is when the test says so; each `tell` waits until what was told before stands in the log. */
const byHand = () => {
  let next = Promise.withResolvers<() => void>();
  const after: Environment["timers"]["after"] = (milliseconds, callback) => {
    if (milliseconds !== TELL_EVERY_MS) return real.timers.after(milliseconds, callback);
    next.resolve(callback);
    return () => undefined;
  };
  const tell = async (): Promise<void> => {
    const callback = await next.promise;
    next = Promise.withResolvers();
    callback();
    await next.promise;
  };
  return { environment: { ...real, timers: { ...real.timers, after } }, tell };
};

const start = async (t: Test, environment: Environment, seen: (store: EventStore) => EventStore) => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  const store = openMemoryEventStore({ environment });
  const vault = openMemoryVault({ environment });
  const issuer = await openLocalIssuer(t.testdir({}), environment);
  const started = startOne({ environment, service: smallService, store, seen: seen(store), vault, log, issuer });
  t.teardown(async () => (await started).stop());
  return { started, of: (word: RegExp) => lines.filter(({ msg }) => word.test(String(msg))) };
};

t.test("who waits for tables is told now and then which ones, and how far they are", LIMIT, async (t) => {
  const { environment, tell } = byHand();
  const read = Promise.withResolvers<undefined>();
  const { started, of } = await start(t, environment, (store) => ({
    ...store,
    async *subscribe(options) {
      await read.promise;
      yield* store.subscribe(options);
    },
  }));
  for (const times of [1, 2]) {
    await tell();
    const told = of(/until these tables have caught up/);
    t.equal(told.length, times);
    t.match(told.at(-1), { level: pino.levels.values["info"], head: "-1", tables: { registration: "-1" } });
  }
  read.resolve(undefined);
  await started;
  t.match(of(/^the tables have caught up/), [{ forMs: Number }]);
});

t.test("who waits for a log that does not answer is told that", LIMIT, async (t) => {
  const { environment, tell } = byHand();
  let isAway = true;
  const { started, of } = await start(t, environment, (store) => ({
    ...store,
    async head() {
      if (isAway) throw new StoreUnavailable("the log is away", "not-stored");
      return store.head();
    },
  }));
  await tell();
  t.match(of(/does not answer/), [{ level: pino.levels.values["warn"], tables: { registration: "-1" } }]);
  isAway = false;
  await started;
});

t.test("of a start that does not take long nothing is told", LIMIT, async (t) => {
  const { started, of } = await start(t, real, (store) => store);
  await started;
  t.same(of(/caught up|does not answer/), []);
});
