import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { open, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import type { EventStore } from "@safar/event-store";
import type { Projection, ReadModel, ReadModelOptions } from "../src/index.ts";
import { WAL_REST_BYTES } from "../src/limits.ts";
import { courseSeats, createWriter, journeyList, type JourneyRow, type Step } from "./journeys.ts";
import { differencesOf, inFolder, openOver, projections } from "./opening.ts";
import { openStore } from "./store.ts";

const LONG_MS = 60_000;

/** Opens, catches up, and says how many events it had to apply for it. */
const caughtUp = async (store: EventStore, options: Partial<ReadModelOptions>) => {
  const readModel = openOver(store, options);
  let applied = 0;
  readModel.onApplied((events) => (applied += events.length));
  await readModel.ready;
  return { readModel, applied };
};
const opens = (...journeys: readonly string[]): Step[] =>
  journeys.map((journey) => ({ journey, does: "open", region: "1726" }));
const keysOf = (readModel: ReadModel): string[] =>
  readModel
    .table(journeyList)
    .find({ order: "key" })
    .items.map(({ key }) => key);

inFolder("a restart goes on where it stopped", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  await write(...opens("a", "b"));
  await (await caughtUp(store, { file })).readModel.close();
  await write(...opens("c"));
  const { readModel, applied } = await caughtUp(store, { file });
  t.equal(applied, 1);
  t.strictSame(keysOf(readModel), ["a", "b", "c"]);
  await readModel.close();
});

inFolder("progress over events of no projection survives a restart", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  await write(...opens("a"));
  const position = await write({ course: "x" }, { course: "x" });
  const only = [journeyList];
  await (await caughtUp(store, { file, projections: only })).readModel.close();
  const starts: unknown[] = [];
  const watched: EventStore = {
    ...store,
    subscribe(options) {
      starts.push(options.after);
      return store.subscribe(options);
    },
  };
  await (await caughtUp(watched, { file, projections: only })).readModel.close();
  t.strictSame(starts, [position]);
});

inFolder("a projection whose version rose is rebuilt, and so is the file around it", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...opens("a"), { course: "x" });
  await (await caughtUp(store, { file })).readModel.close();
  const revised: Projection<JourneyRow> = {
    ...journeyList,
    version: 2,
    project: (row, event, key) => {
      const made = journeyList.project(row, event, key);
      return made && { ...made, state: "revised" };
    },
  };
  const { readModel, applied } = await caughtUp(store, { file, projections: [revised, courseSeats] });
  t.equal(applied, 2);
  t.equal(readModel.table(revised).get("a")?.state, "revised");
  t.equal(readModel.table(courseSeats).get("all")?.seats, 1);
  await readModel.close();
});

inFolder("a new projection is built from the start of the log, and a vanished one leaves no table", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...opens("a"), { course: "x" });
  await (await caughtUp(store, { file, projections: [journeyList] })).readModel.close();
  const { readModel } = await caughtUp(store, { file, projections: [courseSeats] });
  t.equal(readModel.table(courseSeats).get("course-x")?.seats, 1);
  t.throws(() => readModel.table(journeyList), /no projection/);
  await readModel.close();
  const database = new DatabaseSync(file);
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'rows%'").all();
  t.strictSame(
    tables.map(({ name }) => name),
    ["rows_seats"],
  );
  database.close();
});

inFolder("the order in which projections are listed does not matter", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...opens("a"));
  await (await caughtUp(store, { file })).readModel.close();
  const { readModel, applied } = await caughtUp(store, { file, projections: [...projections].reverse() });
  t.equal(applied, 0);
  await readModel.close();
});

inFolder("a log that was restored to before the file's last event gets a file of its own", async (t, file) => {
  const before = openStore();
  await createWriter(before)(...opens("a", "b", "c"));
  await (await caughtUp(before, { file })).readModel.close();
  const restored = openStore();
  const write = createWriter(restored);
  await write(...opens("a", "d"));
  const { readModel } = await caughtUp(restored, { file });
  t.strictSame(keysOf(readModel), ["a", "d"]);
  t.strictSame(await differencesOf(restored, readModel), []);
  await readModel.waitFor(await write(...opens("e", "f", "g")), LONG_MS);
  t.strictSame(await differencesOf(restored, readModel), []);
  await readModel.close();
});

inFolder("so does another log that went on past the file's position", async (t, file) => {
  const before = openStore();
  await createWriter(before)(...opens("a", "b"));
  await (await caughtUp(before, { file })).readModel.close();
  const other = openStore();
  await createWriter(other)(...opens("x", "y", "z"));
  const { readModel } = await caughtUp(other, { file });
  t.strictSame(keysOf(readModel), ["x", "y", "z"]);
  await readModel.close();
});

inFolder("a file whose position is past a shorter log goes on from its last event", async (t, file) => {
  const before = openStore();
  await createWriter(before)(...opens("a"), { course: "x" }, { course: "x" });
  const only = [journeyList];
  await (await caughtUp(before, { file, projections: only })).readModel.close();
  const restored = openStore();
  await createWriter(restored)(...opens("a", "b"));
  const { readModel, applied } = await caughtUp(restored, { file, projections: only });
  t.equal(applied, 1);
  t.strictSame(keysOf(readModel), ["a", "b"]);
  await readModel.close();
});

inFolder("a file that is damaged from the start is put aside and rebuilt", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...opens("a"));
  await writeFile(file, "no database at all".repeat(1_000));
  const errors: unknown[] = [];
  const { readModel } = await caughtUp(store, { file, onError: (error) => errors.push(error) });
  t.strictSame(keysOf(readModel), ["a"]);
  t.equal(errors.length, 1);
  t.ok(existsSync(`${file}.damaged`));
  await readModel.close();
});

inFolder("damage that is only met while it runs is rebuilt as well", async (t, file) => {
  const store = openStore();
  const many = Array.from({ length: 3_000 }, (_, index) => String(index));
  await createWriter(store)(...opens(...many));
  await (await caughtUp(store, { file })).readModel.close();
  const database = await open(file, "r+");
  const { size } = await database.stat();
  await database.write(Buffer.alloc(size / 2, 0xff), 0, size / 2, size / 2);
  await database.close();

  const errors: unknown[] = [];
  const { readModel } = await caughtUp(store, { file, onError: (error) => errors.push(error) });
  const table = readModel.table(journeyList);
  const readAll = (): number => many.filter((key) => table.get(key)).length;
  t.throws(readAll, /malformed/);
  await readModel.waitFor(BigInt(many.length - 1), LONG_MS);
  t.equal(readAll(), many.length);
  t.strictSame(await differencesOf(store, readModel), []);
  await readModel.close();
});

inFolder("a file that is another database is left alone", async (t, file) => {
  const other = new DatabaseSync(file);
  other.exec("CREATE TABLE precious (thing TEXT)");
  other.close();
  t.throws(() => openOver(openStore(), { file }), /left alone/);
});

inFolder("what another tool did to the rows is found by comparing with the fold", async (t, file) => {
  const store = openStore();
  await createWriter(store)(...opens("a", "b", "c"));
  await (await caughtUp(store, { file })).readModel.close();
  const database = new DatabaseSync(file);
  database.exec(`UPDATE rows_journeys SET row = '{"region":"1","state":"open","moves":0}' WHERE key = 'a'`);
  database.exec("DELETE FROM rows_journeys WHERE key = 'b'");
  database.exec(`INSERT INTO rows_journeys (key, position, row) VALUES ('d', 1, '{}')`);
  database.close();
  const { readModel } = await caughtUp(store, { file });
  const differences = await differencesOf(store, readModel);
  t.match(differences, [
    { projection: "journeys", key: "a", expected: { row: { region: "1726" } }, actual: { row: { region: "1" } } },
    { projection: "journeys", key: "b", actual: undefined },
    { projection: "journeys", key: "d", expected: undefined },
  ]);
  t.equal(differences.length, 3);
  await readModel.close();
});

inFolder("killed at any batch, rows and checkpoint are those of one moment", async (t, file) => {
  const store = openStore();
  const steps = Array.from({ length: 400 }, (_, index) => ({ course: String(index % 5) }));
  await createWriter(store)(...steps);
  // Killed between two batches, and within one: after the rows are written and before the commit.
  for (const moment of ["between 7", "within 150"]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, "killed-reader.ts"), file, ...moment.split(" ")], {
      stdio: "inherit",
    });
    const [, signal] = (await once(child, "close")) as [number | null, string | null];
    t.equal(signal, "SIGKILL", moment);
    const database = new DatabaseSync(file);
    const { position } = database.prepare("SELECT position FROM checkpoint").get() as { position: number };
    const row = database.prepare("SELECT row FROM rows_seats WHERE key = 'all'").get() as { row: string };
    database.close();
    t.ok(position > 0 && position < steps.length - 1, `${moment}: at ${position}`);
    // Every event adds one to this row, so it counts what is applied.
    t.strictSame(JSON.parse(row.row), { seats: position + 1 }, moment);
  }
  const { readModel, applied } = await caughtUp(store, { file });
  t.ok(applied < steps.length);
  t.strictSame(await differencesOf(store, readModel), []);
  await readModel.close();
});

inFolder("rows are never written without the checkpoint, nor the checkpoint without its rows", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  await write(...opens("a"));
  await (await caughtUp(store, { file })).readModel.close();
  const other = new DatabaseSync(file);
  const standing = () => ({
    position: other.prepare("SELECT position FROM checkpoint").get()?.["position"],
    rows: other.prepare("SELECT count(*) AS count FROM rows_journeys").get()?.["count"],
  });
  for (const [index, table] of ["UPDATE ON checkpoint", "INSERT ON rows_journeys"].entries()) {
    const before = standing();
    other.exec(`CREATE TRIGGER refuse BEFORE ${table} BEGIN SELECT RAISE (ABORT, 'refused'); END`);
    const refused = Promise.withResolvers<unknown>();
    const position = await write(...opens(`b${index}`));
    const readModel = openOver(store, { file, onError: refused.resolve });
    t.match(await refused.promise, /refused/);
    t.strictSame(standing(), before, `when ${table} is refused`);
    other.exec("DROP TRIGGER refuse");
    t.ok(await readModel.waitFor(position, LONG_MS));
    t.strictSame(await differencesOf(store, readModel), []);
    await readModel.close();
  }
  other.close();
});

inFolder("two that work on one file by mistake apply no event twice", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  const errors: unknown[] = [];
  const options = { file, onError: (error: unknown) => errors.push(error) };
  const one = openOver(store, options);
  const two = openOver(store, options);
  for (let index = 0; index < 20; index += 1) {
    const position = await write({ course: "x" });
    t.ok(await one.waitFor(position, LONG_MS));
    t.ok(await two.waitFor(position, LONG_MS));
  }
  t.equal(two.table(courseSeats).get("all")?.seats, 20);
  t.ok(errors.length > 0, "and it is told of");
  await Promise.all([one.close(), two.close()]);
});

inFolder("any history, read in any pieces and with restarts anywhere, equals its fold", async (t, file) => {
  const key = fc.constantFrom("a", "b", "c", "d");
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ journey: key, does: fc.constant("open" as const), region: fc.constantFrom("1", "2") }),
    fc.record({ journey: key, does: fc.constant("move" as const), to: fc.constantFrom("x", "y", "z") }),
    fc.record({ journey: key, does: fc.constant("forget" as const) }),
    fc.record({ course: key }),
  );
  const pieces = fc.array(fc.array(step, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      pieces,
      fc.integer({ min: 1, max: 7 }),
      fc.infiniteStream(fc.boolean()),
      async (all, eventsPerTransaction, restarts) => {
        for (const each of [file, `${file}-wal`, `${file}-shm`]) await rm(each, { force: true });
        const store = openStore();
        const write = createWriter(store);
        let readModel = openOver(store, { file, eventsPerTransaction });
        for (const piece of all) {
          const position = await write(...piece);
          if (restarts.next().value) {
            // Wherever it is, also in the middle of a batch's turn.
            await readModel.close();
            readModel = openOver(store, { file, eventsPerTransaction });
          } else await readModel.waitFor(position, LONG_MS);
        }
        await readModel.waitFor(await store.head(), LONG_MS);
        const rebuilt = openOver(store);
        await rebuilt.ready;
        t.strictSame(await differencesOf(store, readModel), []);
        t.strictSame(await differencesOf(store, rebuilt), []);
        await Promise.all([readModel.close(), rebuilt.close()]);
      },
    ),
    { numRuns: 40 },
  );
});

inFolder("the space that a long list took beside the tables is given back", async (t, file) => {
  const store = openStore();
  const write = createWriter(store);
  const { readModel } = await caughtUp(store, { file });
  const region = "1726".repeat(75_000);
  const long = Array.from({ length: 60 }, (_, n): Step => ({ journey: `long-${n}`, does: "open", region }));
  await readModel.waitFor(await write(...long), LONG_MS);
  const swollen = (await stat(`${file}-wal`)).size;
  await readModel.waitFor(await write(...opens("a")), LONG_MS);
  t.ok((await stat(`${file}-wal`)).size <= WAL_REST_BYTES, `of ${swollen} bytes`);
  t.ok(swollen > WAL_REST_BYTES, "it had swollen");
  await readModel.close();
});
