import { CaseReopened, CaseUnmerged, registrationContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onPlacement, placement } from "../aggregates.ts";
import type { PlacementState } from "../domain/state.ts";

/**
 * A merge that is undone gives the placement back as it was. A case that is reopened departs anew with an offer of its
 * own, except where its journey starts abroad and so has none.
 */
export const whenCaseReturns = reaction({
  name: "when-case-returns",
  on: [CaseReopened, CaseUnmerged].map((contract) => ({ category: registrationContracts.category, contract })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const { lifecycle, startsAbroad, exitedAt, openedLate } = (await edge.load<PlacementState>(placement, caseId))
      .state;
    const { round, ended } = lifecycle;
    if (round === undefined || ended !== "annulled") return [];
    if (event.type === CaseReopened.type && !startsAbroad) return [];
    const opening = { type: "OpenPlacement", round, startsAbroad, exitedAt, late: openedLate } as const;
    return [onPlacement(caseId, { ...opening, today: edge.today })];
  },
});
