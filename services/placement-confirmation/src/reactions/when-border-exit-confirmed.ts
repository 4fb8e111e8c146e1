import { BorderExitConfirmed, departureContracts, isFactOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement, placement } from "../aggregates.ts";
import type { PlacementState } from "../domain/state.ts";

/** Opens the round. An exit that came before its clearance names none: then that of the contract signed last. */
export const whenBorderExitConfirmed = reaction({
  name: "when-border-exit-confirmed",
  on: [{ category: departureContracts.category, contract: BorderExitConfirmed }],
  async then(event, edge) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(departureContracts, event) || event.type !== "BorderExitConfirmed" || caseId === undefined) return [];
    const { round, exitedAt } = event.data;
    const { state } = await edge.load<PlacementState>(placement, caseId);
    const opening = {
      type: "OpenPlacement",
      round: round ?? state.references.at(-1)?.round ?? caseId,
      startsAbroad: false,
      exitedAt,
      late: round === undefined,
      today: edge.today,
    } as const;
    return [onPlacement(caseId, opening, destination)];
  },
});
