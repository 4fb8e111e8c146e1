import fc from "fast-check";
import t from "tap";
import { createRowOrder } from "../../src/imports/row-order.ts";

/** Rows as an import meets them: some have keys in common, each takes its time, some fail. */
const rows = fc.array(
  fc.record({
    keys: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 3 }),
    turns: fc.nat({ max: 6 }),
    fails: fc.boolean(),
  }),
  { maxLength: 30 },
);

const pass = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
};

t.test("rows with a key in common are done one after the other, in the file's order, whatever fails", async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const inOrder = createRowOrder();
      const underWay = new Map<string, number>();
      const done = new Map<string, number[]>();
      const outcomes = given.map(({ keys, turns, fails }, row) =>
        inOrder(keys, async () => {
          for (const key of keys) {
            if (underWay.has(key)) throw new RangeError(`${key} is at work twice`);
            underWay.set(key, row);
          }
          await pass(turns);
          for (const key of keys) {
            underWay.delete(key);
            done.set(key, [...(done.get(key) ?? []), row]);
          }
          if (fails) throw new TypeError("the row failed");
          return row;
        }),
      );
      const settled = await Promise.allSettled(outcomes);
      for (const [row, outcome] of settled.entries()) {
        const expected = given[row]?.fails === true ? TypeError : undefined;
        if (outcome.status === "rejected" ? !(expected && outcome.reason instanceof expected) : expected) return false;
      }
      return [...done.values()].every((order) =>
        order.every((row, index) => index === 0 || row > (order[index - 1] ?? 0)),
      );
    }),
  );
});

t.test("rows without a key in common do not wait for each other", async (t) => {
  const inOrder = createRowOrder();
  let letFirstGoOn: () => void = () => undefined;
  const first = inOrder(["a"], () => new Promise<string>((resolve) => (letFirstGoOn = () => resolve("first"))));
  t.equal(await inOrder(["b"], () => Promise.resolve("second")), "second");
  letFirstGoOn();
  t.equal(await first, "first");
});
