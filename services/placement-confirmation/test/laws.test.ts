import fc from "fast-check";
import t from "tap";
import { placementContracts, placementStatus } from "@safar/contracts";
import { fold } from "@safar/kernel";
import type { PlacementCommand } from "../src/domain/commands.ts";
import { decidePlacement } from "../src/domain/decide.ts";
import { evolvePlacement, initialPlacement } from "../src/domain/state.ts";
import {
  abroad,
  after,
  agreed,
  annul,
  arrive,
  checkIn,
  complete,
  dispute,
  employer,
  lowerWage,
  open,
  reference,
  report,
  resolve,
  schedule,
  show,
  type PlacementFact,
} from "./support/given.ts";

const commands: readonly PlacementCommand[] = [
  ...agreed,
  reference(2),
  open(2),
  open(5, { late: true }),
  abroad,
  report("candidate", false),
  report("agency"),
  report("agency", false),
  employer(lowerWage),
  show("candidate"),
  show("candidate", lowerWage),
  show("office"),
  arrive(1),
  arrive(),
  checkIn(),
  checkIn(false),
  schedule(1),
  dispute,
  resolve("placed"),
  resolve("not-placed"),
  complete,
  annul,
];

/** What happens when anybody asks for anything: refusals change nothing. */
const lived = (asked: readonly PlacementCommand[]) => {
  const facts: PlacementFact[] = [];
  let state = initialPlacement;
  for (const command of asked) {
    const decision = decidePlacement(state, command);
    if (!decision.accepted) continue;
    facts.push(...decision.facts);
    state = fold(evolvePlacement, state, decision.facts);
  }
  return { facts, state };
};

const everyFact: readonly PlacementFact[] = [
  ...after(...agreed, schedule(), checkIn(), dispute, resolve("placed"), complete, reference(2), open(2), annul),
  ...after(reference(), open(), report("candidate", false), report("agency"), resolve("not-placed")),
  ...after(report("agency"), show("candidate"), arrive(), abroad, employer(lowerWage)),
];
const anyHistory = fc.array(fc.constantFrom(...everyFact), { maxLength: 40 });
const some = fc.array(fc.constantFrom(...commands), { maxLength: 20 });
/** With all that a confirmation takes somewhere in it, in any order. */
const anything = fc
  .tuple(some, fc.shuffledSubarray([...agreed], { minLength: agreed.length }), some)
  .map((parts) => parts.flat());

t.test("the histories below know every fact of a placement, as its contracts allow it", async (t) => {
  const known = new Set(everyFact.map(({ type }) => type));
  t.same(
    placementContracts.contracts.map(({ type }) => type).filter((type) => !known.has(type)),
    [],
  );
  for (const { type, data } of everyFact) t.ok(placementContracts.find(type)?.schema.safeParse(data).success, type);
});

t.test("any fact is taken in any order, and replayed it gives the same state", async (t) => {
  fc.assert(
    fc.property(anyHistory, fc.nat(), (history, at) => {
      const cut = history.length === 0 ? 0 : at % history.length;
      const early = fold(evolvePlacement, initialPlacement, history.slice(0, cut));
      const whole = fold(evolvePlacement, initialPlacement, history);
      t.type(placementStatus(whole.lifecycle), "string");
      t.strictSame(fold(evolvePlacement, early, history.slice(cut)), whole);
      const stored = JSON.parse(JSON.stringify(history)) as PlacementFact[];
      t.strictSame(
        JSON.parse(JSON.stringify(fold(evolvePlacement, initialPlacement, stored))),
        JSON.parse(JSON.stringify(whole)),
      );
    }),
    { numRuns: 300 },
  );
});

t.test("reports are never refused for order: only what was said already is", async (t) => {
  const facts = [report("candidate"), report("agency", false), employer(), show("candidate"), checkIn(), arrive()];
  fc.assert(
    fc.property(anything, fc.constantFrom(...facts), (asked, said) => {
      const decision = decidePlacement(lived(asked).state, said);
      if (!decision.accepted) t.equal(decision.refusal.code, "already-done", said.type);
    }),
    { numRuns: 300 },
  );
});

t.test("whatever is asked, a confirmation has a reference, an employer, and no open dispute or mismatch", async (t) => {
  let seen = 0;
  fc.assert(
    fc.property(anything, (asked) => {
      let state = initialPlacement;
      for (const fact of lived(asked).facts) {
        if (fact.type === "PlacementConfirmed") {
          seen += 1;
          t.equal(fact.data.round, state.lifecycle.round);
          t.equal(state.lifecycle.disputed, false);
          t.not(state.claims.employer, undefined);
          t.not(state.claims.candidate?.placed, false);
          const shown = state.claims.employer?.sha256;
          t.notOk(state.mismatches.some(({ sha256, accepted }) => sha256 === shown && !accepted));
        }
        state = evolvePlacement(state, fact);
      }
    }),
    { numRuns: 300 },
  );
  t.ok(seen > 20, `${seen} placements were confirmed`);
});

t.test("what was done is not done twice: a command after its own facts is refused", async (t) => {
  fc.assert(
    fc.property(anything, fc.constantFrom(...commands), (asked, last) => {
      const { state } = lived(asked);
      const decision = decidePlacement(state, last);
      if (!decision.accepted) return;
      t.equal(decidePlacement(fold(evolvePlacement, state, decision.facts), last).accepted, false, last.type);
    }),
    { numRuns: 300 },
  );
});
