import fc from "fast-check";
import t from "tap";
import { KINDS, planJourneys } from "../src/index.ts";

t.test("of 500 journeys each unhappy kind occurs at least five times, and most go well", async (t) => {
  for (const seed of [1, 7, 2026]) {
    const plans = planJourneys(seed, 500);
    t.equal(plans.length, 500);
    for (const kind of KINDS) {
      const count = plans.filter((plan) => plan.kind === kind).length;
      t.ok(count >= 5, `${kind}: ${count}`);
    }
    t.ok(plans.filter(({ kind }) => kind === "happy").length > 250);
  }
});

t.test(
  "a plan has as many journeys as were asked for, each with a name and a stream of chance of its own",
  async (t) => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 300 }), (seed, journeys) => {
        const plans = planJourneys(seed, journeys);
        const names = new Set(plans.map(({ name }) => name));
        const chances = new Set(plans.map(({ chance }) => chance.hex(32)));
        return plans.length === journeys && names.size === journeys && chances.size === journeys;
      }),
    );
    t.pass();
  },
);

t.test("the same seed plans the same, another one otherwise", async (t) => {
  const told = (seed: number) => planJourneys(seed, 200).map(({ name, kind, chance }) => [name, kind, chance.hex(16)]);
  t.same(told(5), told(5));
  t.not(JSON.stringify(told(5).map(([, kind]) => kind)), JSON.stringify(told(6).map(([, kind]) => kind)));
});

t.test("a longer run of a seed begins with the shorter one, so that it can be sent to the same system", async (t) => {
  const told = (journeys: number) =>
    planJourneys(7, journeys).map(({ name, kind, chance }) => [name, kind, chance.hex(16)]);
  t.same(told(450).slice(0, 30), told(30));
});
