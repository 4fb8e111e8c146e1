import t from "tap";
import { StoreUnavailable, type EventStore } from "@safar/event-store";
import { EventNotApplied, type ReadModel } from "../src/index.ts";
import { createWriter, journeyList, toAppend, type JourneyRow } from "./journeys.ts";
import { differencesOf, openOver } from "./opening.ts";
import { openStore } from "./store.ts";

const LONG_MS = 60_000;

const rowsOf = (readModel: ReadModel): Record<string, JourneyRow> =>
  Object.fromEntries(
    readModel
      .table(journeyList)
      .find({ order: "key" })
      .items.map(({ key, row }) => [key, row]),
  );

t.test("rows follow what is in the log, and what comes after", async (t) => {
  const store = openStore();
  const write = createWriter(store);
  await write({ journey: "a", does: "open", region: "1726" });
  const readModel = openOver(store);
  await readModel.ready;
  t.strictSame(rowsOf(readModel), { a: { region: "1726", state: "open", moves: 0 } });
  const position = await write(
    { journey: "a", does: "move", to: "training" },
    { journey: "b", does: "open", region: "1703" },
  );
  t.ok(await readModel.waitFor(position, LONG_MS));
  t.strictSame(rowsOf(readModel), {
    a: { region: "1726", state: "training", moves: 1 },
    b: { region: "1703", state: "open", moves: 0 },
  });
  t.equal(readModel.position(), position);
  await readModel.close();
});

t.test("a row that a projection gives up is deleted", async (t) => {
  const store = openStore();
  const readModel = openOver(store);
  const write = createWriter(store);
  await readModel.waitFor(await write({ journey: "a", does: "open", region: "1726" }), LONG_MS);
  await readModel.waitFor(await write({ journey: "a", does: "forget" }), LONG_MS);
  t.equal(readModel.table(journeyList).get("a"), undefined);
  t.strictSame(await differencesOf(store, readModel), []);
  await readModel.close();
});

t.test("waiting for a position that does not come ends after its time", async (t) => {
  const readModel = openOver(openStore());
  t.equal(await readModel.waitFor(1n, 1), false);
  await readModel.close();
});

t.test("waiting ends when the read model is closed", async (t) => {
  const readModel = openOver(openStore());
  const waiting = readModel.waitFor(1n, LONG_MS);
  await readModel.close();
  t.equal(await waiting, false);
});

t.test("positions of events that no projection takes are reached too", async (t) => {
  const store = openStore();
  const readModel = openOver(store, { projections: [journeyList] });
  const position = await createWriter(store)({ course: "x" });
  t.ok(await readModel.waitFor(position, LONG_MS));
  await readModel.close();
});

t.test("each applied batch is announced with its events in order, when its rows are there", async (t) => {
  const store = openStore();
  const readModel = openOver(store, { eventsPerTransaction: 2 });
  const batches: { position: bigint; types: string[]; rows: number }[] = [];
  const stop = readModel.onApplied((events, position) => {
    t.equal(readModel.position(), position);
    const rows = readModel.table(journeyList).find().items.length;
    batches.push({ position, types: events.map(({ type }) => type), rows });
  });
  const write = createWriter(store);
  const third = await write(
    { journey: "a", does: "open", region: "1726" },
    { journey: "b", does: "open", region: "1726" },
    { journey: "a", does: "move", to: "training" },
  );
  await readModel.waitFor(third, LONG_MS);
  t.strictSame(
    batches.flatMap(({ types }) => types),
    ["JourneyOpened", "JourneyOpened", "JourneyMoved"],
  );
  t.equal(batches.at(-1)?.position, third);
  t.equal(batches.at(-1)?.rows, 2);
  t.ok(batches.every(({ types }) => types.length <= 2));

  stop();
  const before = batches.length;
  await readModel.waitFor(await write({ journey: "c", does: "open", region: "1726" }), LONG_MS);
  t.equal(batches.length, before);
  await readModel.close();
});

t.test("a listener that throws is told of and harms nobody else", async (t) => {
  const store = openStore();
  const errors: unknown[] = [];
  const readModel = openOver(store, { onError: (error) => errors.push(error) });
  let heard = 0;
  readModel.onApplied(() => {
    throw new Error("deaf");
  });
  readModel.onApplied(() => (heard += 1));
  await readModel.waitFor(await createWriter(store)({ journey: "a", does: "open", region: "1726" }), LONG_MS);
  await readModel.close();
  t.match(errors, [{ message: "deaf" }]);
  t.equal(heard, 1);
});

t.test("others get their turn during a rebuild", async (t) => {
  const store = openStore();
  const write = createWriter(store);
  for (let index = 0; index < 1_000; index += 1) await write({ course: "x" });
  const readModel = openOver(store, { eventsPerTransaction: 10 });
  let turns = 0;
  const count = (): void => {
    turns += 1;
    if (readModel.position() < 999n) setImmediate(count);
  };
  setImmediate(count);
  await readModel.ready;
  await readModel.close();
  t.ok(turns >= 50, `${turns} turns`);
});

t.test("an event that cannot be applied stops it there: what came before is applied, nothing is guessed", async (t) => {
  const store = openStore();
  const errors: unknown[] = [];
  const failed = Promise.withResolvers<undefined>();
  const write = createWriter(store);
  const before = await write({ journey: "a", does: "open", region: "1726" }, { course: "x" });
  await store.append("journey-b", "no-stream", [{ ...toAppend({ course: "y" }, 0), type: "OfTheFuture" }]);
  await write({ journey: "a", does: "move", to: "training" });
  const readModel = openOver(store, {
    onError(error) {
      errors.push(error);
      if (errors.length > 3) failed.resolve(undefined);
    },
  });
  await failed.promise;
  t.equal(readModel.position(), before);
  t.equal(readModel.table(journeyList).get("a")?.moves, 0);
  t.ok(errors.every((error) => error instanceof EventNotApplied));
  t.match(String(errors[0]), /OfTheFuture of journey-b at 2 cannot be applied/);
  await readModel.close();
  await t.rejects(readModel.ready);
});

t.test("it comes up while the log is away, and catches up once it is back", async (t) => {
  const store = openStore();
  const position = await createWriter(store)({ journey: "a", does: "open", region: "1726" });
  const errors: unknown[] = [];
  let away = 3;
  const limping: EventStore = {
    ...store,
    async head() {
      away -= 1;
      if (away >= 0) throw new StoreUnavailable("away", "not-stored");
      return store.head();
    },
  };
  const readModel = openOver(limping, { onError: (error) => errors.push(error) });
  t.ok(await readModel.waitFor(position, LONG_MS));
  t.equal(errors.length, 3);
  await readModel.close();
});

t.test("a signal closes it as close does", async (t) => {
  const stopping = new AbortController();
  const readModel = openOver(openStore(), { signal: stopping.signal });
  await readModel.ready;
  stopping.abort();
  await readModel.close();
  t.throws(() => readModel.table(journeyList).get("a"), /not open/);
});
