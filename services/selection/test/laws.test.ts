import fc from "fast-check";
import t from "tap";
import { application, candidacy, vacancy } from "../src/aggregates.ts";
import { rank } from "../src/domain/ranking.ts";
import { openPositions, takenPositions, type VacancyState } from "../src/domain/vacancy/state.ts";
import { id, recorded, stateAfter, type Happened } from "./support/histories.ts";
import {
  everyApplicationFact,
  position,
  published,
  released,
  requirements,
  reserved,
  taken,
  terms,
} from "./support/selections.ts";

const everyVacancyFact: readonly Happened[] = [
  published,
  reserved(1),
  taken(1),
  released(1),
  reserved(2),
  { type: "VacancyRevised", data: { reason: "mistake", positions: 1, requirements, terms, criteriaVersion: 2 } },
  { type: "CriteriaFixed", data: { criteriaVersion: 1 } },
  { type: "VacancyFilled", data: { positions: 1 } },
  { type: "VacancyEntryOverdue", data: { policy: "vacancy-entry" } },
];
const everyCandidacyFact: readonly Happened[] = [
  { type: "CvOpenedToMatching", data: { isco: "8332" } },
  { type: "CvClosedToMatching", data: { reason: "case-suspended" } },
  { type: "AcceptanceReserved", data: position(1) },
  { type: "AcceptanceReleased", data: position(1) },
];

for (const [aggregate, facts] of [
  [application, everyApplicationFact],
  [vacancy, everyVacancyFact],
  [candidacy, everyCandidacyFact],
] as const)
  t.test(
    `${aggregate.contracts.category}: any fact is taken in any order, and replayed it gives the same state`,
    async (t) => {
      t.same(
        new Set(facts.map(({ type }) => type)),
        new Set(aggregate.contracts.contracts.map(({ type }) => type)),
        "the histories below know every fact",
      );
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...facts), { maxLength: 30 }), fc.nat(), (history, at) => {
          const cut = history.length === 0 ? 0 : at % history.length;
          const decider = aggregate.decider as { evolve(state: unknown, fact: unknown): unknown };
          const early = stateAfter<unknown>(aggregate, history.slice(0, cut));
          const incremental = history
            .slice(cut)
            .map(recorded)
            .reduce((state, fact) => decider.evolve(state, fact), early);
          t.strictSame(incremental, stateAfter(aggregate, history));
          t.strictSame(
            JSON.parse(JSON.stringify(incremental)),
            JSON.parse(JSON.stringify(stateAfter(aggregate, history))),
          );
        }),
        { numRuns: 200 },
      );
    },
  );

const vacancyCommand = fc.oneof(
  fc.record({ type: fc.constant("ReservePosition"), n: fc.nat({ max: 6 }) }),
  fc.record({ type: fc.constant("TakePosition"), n: fc.nat({ max: 6 }) }),
  fc.record({ type: fc.constant("ReleasePosition"), n: fc.nat({ max: 6 }) }),
  fc.record({ type: fc.constant("ReviseVacancy"), n: fc.nat({ max: 5 }) }),
);

t.test(
  "whatever is asked of a vacancy, no more positions are held than it has, and filled means all are taken",
  async (t) => {
    fc.assert(
      fc.property(fc.array(vacancyCommand, { maxLength: 60 }), (commands) => {
        let state = stateAfter<VacancyState>(vacancy, [published]);
        for (const { type, n } of commands) {
          const changes = { positions: n + 1 };
          const asked = { type, ...position(n), reason: "whatever", changes };
          const decision = vacancy.decider.decide(state, asked);
          if (!decision.accepted) continue;
          state = decision.facts.reduce(
            (before, fact) => vacancy.decider.evolve(before, recorded(fact) as never),
            state,
          );
          const positions = state.vacancy?.positions ?? 0;
          t.ok(Object.keys(state.held).length <= positions);
          t.equal(state.status === "filled", takenPositions(state) === positions);
          t.equal(openPositions(state), positions - Object.keys(state.held).length);
        }
      }),
      { numRuns: 300 },
    );
  },
);

t.test("what was done is not done twice: a command after its own facts is refused", async (t) => {
  const commands = [
    { type: "ReservePosition", ...position(1) },
    { type: "TakePosition", ...position(1) },
    { type: "ReleasePosition", ...position(1), reason: "offer-declined" },
  ];
  let state = stateAfter<VacancyState>(vacancy, [published]);
  for (const asked of commands) {
    const first = vacancy.decider.decide(state, asked as never);
    if (!first.accepted) return t.fail(asked.type);
    state = first.facts.reduce((before, fact) => vacancy.decider.evolve(before, recorded(fact) as never), state);
    t.match(vacancy.decider.decide(state, asked as never), { accepted: false, refusal: { code: "already-done" } });
  }
});

const applicant = fc.record({
  priority: fc.boolean(),
  score: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
});

t.test("a selection replays to the same ranking, in whatever order the applicants are read", async (t) => {
  fc.assert(
    fc.property(fc.array(applicant, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (drawn, dice) => {
      const applicants = drawn.map((one, n) => ({ ...one, applicationId: id(n), submittedAt: String(9 + n) }));
      const shuffled = applicants.toSorted(() => ((dice.next().value ?? 0) % 2 === 0 ? 1 : -1));
      const ranking = rank(shuffled);
      t.strictSame(ranking, rank(applicants));
      for (const [index, one] of ranking.entries()) {
        const next = ranking[index + 1];
        if (!next) continue;
        t.ok(one.priority || !next.priority, "priority first");
        if (one.priority !== next.priority) continue;
        t.ok((one.score ?? -1) >= (next.score ?? -1), "then the higher score");
        if (one.score === next.score) t.ok(BigInt(one.submittedAt) < BigInt(next.submittedAt), "then the earlier one");
      }
    }),
    { numRuns: 200 },
  );
});
