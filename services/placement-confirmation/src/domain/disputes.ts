import type { FactOf, placementContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { isHeldByMismatch, liveRound, withConsequences } from "./agreement.ts";
import type { DisputeCommand, EndCommand } from "./commands.ts";
import type { PlacementState } from "./state.ts";

type Fact = FactOf<typeof placementContracts>;
export type DisputeRefusal = RefusalOf<
  | "already-done"
  | "placement-not-opened"
  | "placement-ended"
  | "placement-not-confirmed"
  | "dispute-open"
  | "nothing-to-resolve"
>;
type DisputeDecision = Decision<Fact, DisputeRefusal>;

type Resolution = Extract<DisputeCommand, { type: "ResolveDispute" }>;

const resolve = (state: PlacementState, round: string, command: Resolution): DisputeDecision => {
  const { outcome, reason, today } = command;
  if (!state.lifecycle.disputed && !isHeldByMismatch(state)) return refuse("nothing-to-resolve");
  const resolved: Fact = { type: "DisputeResolved", data: { round, outcome, reason }, reasonCode: reason };
  return accept(...withConsequences(state, [resolved], today));
};

type Completion = Extract<EndCommand, { type: "CompletePlacement" }>;

const complete = (state: PlacementState, round: string, command: Completion): DisputeDecision => {
  const { completedOn, reason, effectiveAt } = command;
  if (state.lifecycle.disputed) return refuse("dispute-open");
  if (!state.lifecycle.confirmed) return refuse("placement-not-confirmed");
  return accept({
    type: "PlacementCompleted",
    data: { round, completedOn, reason },
    reasonCode: reason,
    effectiveAt,
  });
};

/** Decisions about a round that is under way. */
export const decideDispute = (state: PlacementState, command: DisputeCommand | EndCommand): DisputeDecision => {
  const { lifecycle } = state;
  const round = liveRound(state);
  if (lifecycle.round === undefined) return refuse("placement-not-opened");
  if (round === undefined)
    return refuse(
      command.type === "CompletePlacement" && lifecycle.ended === "completed" ? "already-done" : "placement-ended",
    );
  switch (command.type) {
    case "DisputePlacement": {
      const { cause } = command;
      if (lifecycle.disputed) return refuse("already-done");
      return accept({ type: "PlacementDisputed", data: { round, cause }, reasonCode: cause });
    }
    case "ResolveDispute":
      return resolve(state, round, command);
    case "CompletePlacement":
      return complete(state, round, command);
    case "AnnulPlacement": {
      const { cause } = command;
      if (lifecycle.confirmed) return refuse("already-done");
      return accept({ type: "PlacementAnnulled", data: { round, cause }, reasonCode: cause });
    }
  }
};
