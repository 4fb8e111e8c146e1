import fc from "fast-check";
import t from "tap";
import { BadCursor, MAX_PAGE, type ReadModel } from "../src/index.ts";
import { MAX_ALTERNATIVES } from "../src/limits.ts";
import { courseSeats, createWriter, journeyList, type Step } from "./journeys.ts";
import { openOver } from "./opening.ts";
import { openStore } from "./store.ts";

const LONG_MS = 60_000;

/** A read model that has taken some steps; with what takes more. */
const after = async (...steps: readonly Step[]) => {
  const store = openStore();
  const readModel = openOver(store);
  const write = createWriter(store);
  const take = async (...more: readonly Step[]): Promise<void> => {
    await readModel.waitFor(await write(...more), LONG_MS);
  };
  if (steps.length > 0) await take(...steps);
  else await readModel.ready;
  return { readModel, take };
};
const open = (journey: string, region = "1726"): Step => ({ journey, does: "open", region });
const move = (journey: string, to = "training"): Step => ({ journey, does: "move", to });

type Query = Parameters<ReturnType<typeof journeys>["find"]>[0];
const journeys = (readModel: ReadModel) => readModel.table(journeyList);

/** Every page of a query, by key. */
const pages = (readModel: ReadModel, query: Query): string[][] => {
  const all: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = journeys(readModel).find({ ...query, ...(cursor !== undefined && { cursor }) });
    all.push(page.items.map(({ key }) => key));
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
};

t.test("the newest change comes first, with its position", async (t) => {
  const { readModel } = await after(open("a"), open("b"), open("c"), move("a"));
  const { items, next } = journeys(readModel).find();
  t.strictSame(
    items.map(({ key, position }) => [key, position]),
    [
      ["a", 3n],
      ["c", 2n],
      ["b", 1n],
    ],
  );
  t.equal(next, undefined);
  await readModel.close();
});

t.test("rows can be asked for in the order of their keys", async (t) => {
  const { readModel } = await after(open("c"), open("a"), open("b"));
  t.strictSame(pages(readModel, { order: "key", limit: 2 }), [["a", "b"], ["c"]]);
  await readModel.close();
});

t.test("rows are found by indexed fields, by any of several values, and by several fields at once", async (t) => {
  const { readModel } = await after(open("a", "1"), open("b", "2"), open("c", "3"), move("a"), move("b"));
  t.strictSame(pages(readModel, { where: { region: "2" } }), [["b"]]);
  t.strictSame(pages(readModel, { where: { region: ["1", "2", "9"] } }), [["b", "a"]]);
  t.strictSame(pages(readModel, { where: { region: ["1", "3"], state: ["open", "training"] } }), [["a", "c"]]);
  t.strictSame(pages(readModel, { where: { region: "3", state: "training" } }), [[]]);
  t.strictSame(pages(readModel, { where: { region: [] } }), [[]]);
  await readModel.close();
});

t.test("rows are found by any number of values, more than are looked up one by one too", async (t) => {
  const { readModel } = await after(...["0", "7", "3", "7", "x"].map((region, index) => open(`j${index}`, region)));
  for (const count of [MAX_ALTERNATIVES - 1, MAX_ALTERNATIVES, MAX_ALTERNATIVES + 1, 2 * MAX_ALTERNATIVES]) {
    const region = Array.from({ length: count }, (_, index) => String(index));
    const found = [
      ["j3", "j2"],
      ["j1", "j0"],
    ];
    t.strictSame(pages(readModel, { where: { region }, limit: 2 }), found, `${count} values`);
    t.strictSame(pages(readModel, { where: { state: ["open", "over"], region }, limit: 2 }), found, `2 by ${count}`);
    t.strictSame(pages(readModel, { where: { region, state: ["over", "training"] } }), [[]], `${count} by 2`);
  }
  await readModel.close();
});

t.test("a field without an index is refused", async (t) => {
  const { readModel } = await after(open("a"));
  t.throws(() => journeys(readModel).find({ where: { moves: 1 } }), TypeError);
  t.throws(() => journeys(readModel).count(["moves"]), TypeError);
  await readModel.close();
});

t.test("a page has 50 rows unless asked otherwise, and never more than the limit", async (t) => {
  const steps = Array.from({ length: MAX_PAGE + 1 }, (_, index) => open(String(index)));
  const { readModel } = await after(...steps);
  t.equal(journeys(readModel).find().items.length, 50);
  t.equal(journeys(readModel).find({ limit: 1_000_000 }).items.length, MAX_PAGE);
  await readModel.close();
});

t.test("rows that come in while somebody pages do not shift the pages", async (t) => {
  const { readModel, take } = await after(open("a"), open("b"), open("c"), open("d"));
  const first = journeys(readModel).find({ limit: 2 });
  await take(open("e"), open("f"));
  const second = journeys(readModel).find({ limit: 2, ...(first.next !== undefined && { cursor: first.next }) });
  t.strictSame(
    [...first.items, ...second.items].map(({ key }) => key),
    ["d", "c", "b", "a"],
  );
  await readModel.close();
});

t.test("rows of one event are paged through as well", async (t) => {
  const { readModel } = await after({ course: "x" });
  const table = readModel.table(courseSeats);
  const first = table.find({ limit: 1 });
  const second = table.find({ limit: 1, ...(first.next !== undefined && { cursor: first.next }) });
  t.strictSame(
    [first, second].map(({ items }) => items.map(({ key }) => key)),
    [["all"], ["course-x"]],
  );
  t.equal(second.next, undefined);
  await readModel.close();
});

t.test("a cursor of another order, and one that was made up, are refused", async (t) => {
  const { readModel } = await after(open("a"), open("b"));
  const { next = "" } = journeys(readModel).find({ limit: 1 });
  const madeUp = ['["newest","x","y"]', '["newest","9999999999999999999","y"]', '["newest","-2","y"]'];
  const encoded = madeUp.map((place) => Buffer.from(place).toString("base64url"));
  for (const cursor of ["", "x", next.slice(1), ...encoded])
    t.throws(() => journeys(readModel).find({ cursor }), BadCursor, cursor);
  t.throws(() => journeys(readModel).find({ cursor: next, order: "key" }), BadCursor);
  await readModel.close();
});

t.test("counts by indexed fields stay right as rows come, change and go", async (t) => {
  const { readModel, take } = await after(open("a", "1"), open("b", "1"), open("c", "2"));
  const counts = (by: readonly ("region" | "state")[]) =>
    journeys(readModel)
      .count(by)
      .map(({ by, count }) => [...Object.values(by), count].join(" "))
      .sort();
  t.strictSame(counts(["region"]), ["1 2", "2 1"]);
  t.strictSame(counts([]), ["3"]);
  await take(move("a"), open("d", "3"), { journey: "c", does: "forget" });
  t.strictSame(counts(["region"]), ["1 2", "3 1"]);
  t.strictSame(counts(["region", "state"]), ["1 open 1", "1 training 1", "3 open 1"]);
  t.strictSame(counts([]), ["3"]);
  await readModel.close();
});

t.test("any query pages through exactly the rows that match, in its order", async (t) => {
  const region = fc.constantFrom("1", "2", "3");
  const state = fc.constantFrom("x", "y");
  const key = fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h");
  const step = fc.oneof(
    fc.record({ journey: key, does: fc.constant("open" as const), region }),
    fc.record({ journey: key, does: fc.constant("move" as const), to: state }),
  );
  const where = fc.record({ region: fc.subarray(["1", "2", "3"]), state }, { requiredKeys: [] });
  const order = fc.constantFrom("key" as const, "newest" as const);
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.array(fc.tuple(where, order, fc.integer({ min: 1, max: 5 })), { minLength: 5, maxLength: 5 }),
      async (steps, queries) => {
        const { readModel } = await after(...steps);
        const all = journeys(readModel).find({ limit: MAX_PAGE }).items;
        for (const [filter, by, limit] of queries) {
          const expected = all
            .filter(({ row }) => filter.region?.includes(row.region) ?? true)
            .filter(({ row }) => filter.state === undefined || row.state === filter.state)
            .map((item) => item.key);
          if (by === "key") expected.sort();
          t.strictSame(pages(readModel, { where: filter, order: by, limit }).flat(), expected);
        }
        await readModel.close();
      },
    ),
    { numRuns: 30 },
  );
});
