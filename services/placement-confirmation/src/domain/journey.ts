import { DEADLINE_POLICIES_VERSION, deadlinePolicy, type FactOf, type placementContracts } from "@safar/contracts";
import { accept, addDays, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { liveRound, withConsequences } from "./agreement.ts";
import type { JourneyCommand } from "./commands.ts";
import type { PlacementState } from "./state.ts";

type Fact = FactOf<typeof placementContracts>;
export type JourneyRefusal = RefusalOf<"already-done">;
type JourneyDecision = Decision<Fact, JourneyRefusal>;

/** Where the policy of check-ins is lost, what the Agency proposed. */
const DEFAULT_CHECK_IN_DAYS: readonly number[] = [30, 90, 180];

/** Days after the confirmation on which the worker is asked. */
const checkInDays = (): readonly number[] => {
  const policy = deadlinePolicy("check-in");
  if (!policy?.length) return DEFAULT_CHECK_IN_DAYS;
  return [policy.length, ...(policy.then ?? [])].map(({ days }) => days);
};

type Opening = Extract<JourneyCommand, { type: "OpenPlacement" }>;

const open = (state: PlacementState, command: Opening): JourneyDecision => {
  const { round, startsAbroad, exitedAt, late, today } = command;
  if (liveRound(state) === round) return refuse("already-done");
  const data = { round, startsAbroad, exitedAt, ...(late ? { late } : {}) };
  return accept(...withConsequences(state, [{ type: "PlacementOpened", data }], today));
};

/** What other services recorded is a fact here too, in whatever order it comes. */
export const decideJourney = (state: PlacementState, command: JourneyCommand): JourneyDecision => {
  switch (command.type) {
    case "OpenPlacement":
      return open(state, command);
    case "NoteReference": {
      const { reference, today } = command;
      const { round, sha256 } = reference;
      if (state.references.some((known) => known.round === round && known.sha256 === sha256))
        return refuse("already-done");
      return accept(...withConsequences(state, [{ type: "ReferenceContractNoted", data: reference }], today));
    }
    case "NoteArrival": {
      const { arrivedAt } = command;
      const isPast = command.round !== undefined && state.pastRounds.includes(command.round);
      const isKnown = [state.claims, state.early].some((claims) => claims.arrivedAt === arrivedAt);
      if (isPast || isKnown) return refuse("already-done");
      // A round that was opened late goes by a name of its own.
      const round = state.openedLate ? liveRound(state) : (command.round ?? liveRound(state));
      return accept({ type: "ArrivalNoted", data: { round, arrivedAt } });
    }
    case "ScheduleCheckIns": {
      const { round, confirmedOn } = command;
      if (round !== liveRound(state) || state.checkInsDueOn.length > 0) return refuse("already-done");
      const dueOn = checkInDays().map((days) => addDays(confirmedOn, days));
      return accept({
        type: "CheckInsScheduled",
        data: { round, dueOn, policyVersion: DEADLINE_POLICIES_VERSION },
      });
    }
  }
};
