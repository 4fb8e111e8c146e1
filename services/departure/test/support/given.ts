import { departureStatus, type departureContracts, type FactOf, type travelGroupContracts } from "@safar/contracts";
import { fold, type Decision } from "@safar/kernel";
import type { DepartureCommand } from "../../src/domain/case/commands.ts";
import { decideDeparture } from "../../src/domain/case/decide.ts";
import { evolveDeparture, initialDeparture } from "../../src/domain/case/state.ts";
import type { TravelGroupCommand } from "../../src/domain/travel-group/commands.ts";
import { decideTravelGroup } from "../../src/domain/travel-group/decide.ts";
import { evolveTravelGroup, initialTravelGroup } from "../../src/domain/travel-group/state.ts";

export type DepartureFact = FactOf<typeof departureContracts>;
export type TravelGroupFact = FactOf<typeof travelGroupContracts>;

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenGroup = (...facts: readonly TravelGroupFact[]) => ({
  when: (command: TravelGroupCommand) =>
    outcome(decideTravelGroup(fold(evolveTravelGroup, initialTravelGroup, facts), command)),
});

export const givenDeparture = (...facts: readonly DepartureFact[]) => {
  const state = fold(evolveDeparture, initialDeparture, facts);
  const decide = (command: DepartureCommand) => decideDeparture(state, command);
  return {
    status: departureStatus(state.lifecycle),
    when: (command: DepartureCommand) => outcome(decide(command)),
    /** What is recorded, in full. */
    facts: (command: DepartureCommand): readonly DepartureFact[] => {
      const decision = decide(command);
      return decision.accepted ? decision.facts : [];
    },
  };
};

/** Ids that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

export const requires = {
  language: { tag: "de", cefr: "B1" as const },
  certificate: true,
  orientation: "DE",
  medical: false,
  workVisa: true,
  passportMonthsAfterContract: 6,
};
export const opening = (round = 1, given: object = {}) => ({
  round: id(round),
  corridor: { country: "DE", sector: "construction" },
  requires: { ...requires, ...given },
  contractMonths: 24,
  employerId: id(6),
});
export const opened = (round = 1, given: object = {}): DepartureFact => ({
  type: "ClearanceOpened",
  data: opening(round, given),
});
type Requirement = Extract<DepartureFact, { type: "RequirementMet" }>["data"]["requirement"];
export const met = (requirement: Requirement, given: object = {}): DepartureFact => ({
  type: "RequirementMet",
  data: { requirement, by: `event-${requirement}`, ...given },
});
/** What the dossier of a round vouches for. */
export const dossier = (round = 1): readonly DepartureFact[] =>
  (["dossier", "visa", "language", "certificate", "orientation"] as const).map((requirement) =>
    met(requirement, { round: id(round), by: "visa-stage" }),
  );
export const covered = (round = 1, given: object = {}): DepartureFact => ({
  type: "CoverMarkedInForce",
  data: { policyId: id(30 + round), round: id(round), validFrom: "2026-08-01", validUntil: "2028-08-01", ...given },
});
export const granted = (round = 1): DepartureFact => ({ type: "ClearanceGranted", data: { round: id(round) } });
export const flight = { flight: "HY231", from: "TAS", to: "FRA", departsAt: "2026-08-10T04:30:00.000Z" };
export const ticketed = (n = 1, given: object = {}): DepartureFact => ({
  type: "TicketBooked",
  data: { round: id(1), ticketId: id(40 + n), ...flight, ...given },
});
/** Everything up to a clearance. */
export const cleared = [opened(), ...dossier(), covered(), granted()];
export const exited = (given: object = {}): DepartureFact => ({
  type: "BorderExitConfirmed",
  data: { round: id(1), exitedAt: "2026-08-10T03:10:00.000Z", ...given },
});
export const arrived = (given: object = {}): DepartureFact => ({
  type: "ArrivalConfirmed",
  data: { round: id(1), arrivedAt: "2026-08-10T11:05:00.000Z", ...given },
});
