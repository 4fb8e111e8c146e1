import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import t from "tap";
import { departureContracts, departureStatus, hasLeftCountry, travelGroupContracts } from "@safar/contracts";
import { fold } from "@safar/kernel";
import { missingItems } from "../src/domain/case/clearance.ts";
import type { DepartureCommand } from "../src/domain/case/commands.ts";
import { decideDeparture } from "../src/domain/case/decide.ts";
import { evolveDeparture, initialDeparture } from "../src/domain/case/state.ts";
import type { TravelGroupCommand } from "../src/domain/travel-group/commands.ts";
import { decideTravelGroup } from "../src/domain/travel-group/decide.ts";
import { evolveTravelGroup, initialTravelGroup } from "../src/domain/travel-group/state.ts";
import { flight, id, opening, type DepartureFact, type TravelGroupFact } from "./support/given.ts";

const TODAY = "2026-08-05";
const round = fc.integer({ min: 1, max: 2 });
const ticketId = fc.integer({ min: 41, max: 44 }).map(id);
const instant = fc.integer({ min: 10, max: 28 }).map((day) => `2026-08-${day}T03:00:00.000Z`);
const effectiveAt = fc.option(instant, { nil: undefined });
const mayGrant = { mayGrant: fc.boolean(), on: fc.constant(TODAY) };
const reason = fc.constantFrom("weather", "late-at-airport");
const is = <const Type extends string>(type: Type) => fc.constant(type);

const command: fc.Arbitrary<DepartureCommand> = fc.oneof(
  fc.record({
    type: is("OpenClearance"),
    opening: fc
      .tuple(round, fc.boolean(), fc.boolean())
      .map(([n, workVisa, medical]) => opening(n, { workVisa, medical, certificate: medical })),
    by: fc.constantFrom("visa-stage-1", "visa-stage-2", "visa-stage-3"),
    ...mayGrant,
  }),
  fc.record({
    type: is("MeetRequirement"),
    proof: fc.record({
      requirement: fc.constantFrom("certificate" as const, "language" as const, "orientation" as const),
      by: fc.constantFrom("event-1", "event-2"),
      language: fc.constantFrom("de", undefined),
      destination: fc.constantFrom("DE", undefined),
    }),
    ...mayGrant,
  }),
  fc.record({
    type: is("MarkCover"),
    cover: fc.record({
      policyId: fc.integer({ min: 31, max: 33 }).map(id),
      round: round.map(id),
      validFrom: fc.constant("2026-08-01"),
      validUntil: fc.constantFrom("2028-08-01", "2026-08-01"),
    }),
    ...mayGrant,
  }),
  fc.record({
    type: is("EndCover"),
    policyId: fc.integer({ min: 31, max: 33 }).map(id),
    reason,
    on: fc.constant(TODAY),
  }),
  fc.record({ type: is("RequestClearance"), caseIsHeldOrEnded: fc.boolean(), on: fc.constant(TODAY) }),
  fc.record({ type: is("BarClearance"), round: round.map(id) }),
  fc.record({ type: is("StopDeparture"), reason, stoppedAs: fc.constantFrom("held" as const, "cancelled" as const) }),
  fc.record({ type: is("ResumeDeparture"), on: fc.constant(TODAY) }),
  fc.record({
    type: is("BookTicket"),
    ticketId,
    flight: fc.constantFrom(flight, flight, undefined),
    groupId: fc.constantFrom(id(7), undefined),
    caseIsHeldOrEnded: fc.boolean(),
  }),
  fc.record({
    type: is("CancelGroupTickets"),
    groupId: fc.constant(id(7)),
    ticketIds: fc.uniqueArray(ticketId, { maxLength: 2 }),
    reason,
  }),
  fc.record({ type: is("ConfirmBorderExit"), exitedAt: instant, effectiveAt }),
  fc.record({ type: is("ConfirmArrival"), arrivedAt: instant, effectiveAt }),
  fc.record({ type: is("ConfirmPickup"), pickedUpAt: instant }),
  fc.record({
    type: fc.constantFrom("ReportMissedFlight" as const, "ReportCancelledFlight" as const, "ReportOffloading" as const),
    ticketId: fc.option(ticketId, { nil: undefined }),
    reason,
    at: instant,
  }),
);

const groupCommand: fc.Arbitrary<TravelGroupCommand> = fc.oneof(
  fc.record({ type: is("FormTravelGroup"), group: fc.constant({ ...flight, destination: "DE", places: 2 }) }),
  fc.record({ type: is("ReservePlace"), ticketId, caseId: round.map(id) }),
  fc.record({ type: is("ReleasePlace"), ticketId, caseId: round.map(id), reason }),
  fc.record({ type: is("CancelGroupFlight"), reason }),
);

/** What a case comes to under commands; the facts that they left. */
const historyOf = (commands: readonly DepartureCommand[]): readonly DepartureFact[] => {
  let state = initialDeparture;
  return commands.flatMap((next) => {
    const decision = decideDeparture(state, next);
    if (!decision.accepted) return [];
    state = fold(evolveDeparture, state, decision.facts);
    return [...decision.facts];
  });
};

const groupHistoryOf = (commands: readonly TravelGroupCommand[]): readonly TravelGroupFact[] => {
  let state = initialTravelGroup;
  return commands.flatMap((next) => {
    const decision = decideTravelGroup(state, next);
    if (!decision.accepted) return [];
    state = fold(evolveTravelGroup, state, decision.facts);
    return [...decision.facts];
  });
};

const histories = fc.array(command, { maxLength: 40 }).map(historyOf);
const groupHistories = fc.array(groupCommand, { maxLength: 30 }).map(groupHistoryOf);
const before = (facts: readonly DepartureFact[], index: number) =>
  fold(evolveDeparture, initialDeparture, facts.slice(0, index));
const STATUSES = ["clearance", "ready", "ticketed", "departed", "arrived", "missed", "offloaded", "held", "cancelled"];

/** As it lies in a read model. */
const stored = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

t.test("whatever is recorded keeps its contract", async (t) => {
  const property = fc.property(histories, groupHistories, (facts, groupFacts) => {
    for (const { type, data } of facts) departureContracts.find(type)!.schema.parse(data);
    for (const { type, data } of groupFacts) travelGroupContracts.find(type)!.schema.parse(data);
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("any facts in any order fold to a state that has a word", async (t) => {
  const shuffled = histories.chain((facts) => fc.shuffledSubarray([...facts], { minLength: facts.length }));
  const property = fc.property(shuffled, (facts) =>
    STATUSES.includes(departureStatus(before(facts, facts.length).lifecycle)),
  );
  t.doesNotThrow(() => fc.assert(property));
});

t.test("replaying a history is the same as following it, also from a state that was stored", async (t) => {
  const property = fc.property(histories, fc.nat(), (facts, cut) => {
    const at = cut % (facts.length + 1);
    const resumed = fold(evolveDeparture, stored(before(facts, at)), facts.slice(at));
    return isDeepStrictEqual(stored(resumed), stored(before(facts, facts.length)));
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("done twice is done once", async (t) => {
  const property = fc.property(fc.array(command, { maxLength: 30 }), command, (commands, next) => {
    const history = historyOf(commands);
    const state = before(history, history.length);
    const first = decideDeparture(state, next);
    if (!first.accepted) return true;
    // A refusal is put on record each time it is given, and news of a ticket that is not known each time it comes.
    if (first.facts.some(({ type, data }) => type === "ClearanceRefused" || ("late" in data && data.late))) return true;
    return !decideDeparture(fold(evolveDeparture, state, first.facts), next).accepted;
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("nobody is cleared while anything that the corridor asks for is missing, or after the exit", async (t) => {
  const property = fc.property(histories, (facts) =>
    facts.every((fact, index) => {
      if (fact.type !== "ClearanceGranted") return true;
      const state = before(facts, index);
      return missingItems(state, TODAY).length === 0 && !hasLeftCountry(state.lifecycle);
    }),
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
});

t.test("nobody gets a ticket without a clearance in force", async (t) => {
  const property = fc.property(histories, (facts) =>
    facts.every((fact, index) => fact.type !== "TicketBooked" || before(facts, index).lifecycle.cleared),
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 500 }));
});

t.test("an exit, an arrival and a pickup are never refused for their order", async (t) => {
  const fact = fc.oneof(
    fc.record({ type: is("ConfirmBorderExit"), exitedAt: instant }),
    fc.record({ type: is("ConfirmArrival"), arrivedAt: instant }),
    fc.record({ type: is("ConfirmPickup"), pickedUpAt: instant }),
  );
  const property = fc.property(histories, fact, (facts, next) => {
    const decision = decideDeparture(before(facts, facts.length), next);
    return decision.accepted || decision.refusal.code === "already-done";
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("a group never has more people than places", async (t) => {
  const property = fc.property(groupHistories, (facts) =>
    facts.every((_fact, index) => {
      const state = fold(evolveTravelGroup, initialTravelGroup, facts.slice(0, index + 1));
      return Object.keys(state.taken).length <= 2;
    }),
  );
  t.doesNotThrow(() => fc.assert(property));
});
