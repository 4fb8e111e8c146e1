import {
  CaseResumed,
  ConsentGranted,
  DuplicateDismissed,
  hasLeftCountry,
  isHeldOrEnded,
  registrationContracts,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { departureCase, onDeparture } from "../aggregates.ts";
import { missingItems } from "../domain/case/clearance.ts";
import type { DepartureState } from "../domain/case/state.ts";

/** Once nothing holds the case any more, its departure goes on by itself; the ticket has to be booked anew. */
export const whenCaseGoesOn = reaction({
  name: "when-case-goes-on",
  on: [CaseResumed, DuplicateDismissed, ConsentGranted].map((contract) => ({
    category: registrationContracts.category,
    contract,
  })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined || isHeldOrEnded(await edge.standingOf(caseId))) return [];
    const { state } = await edge.load<DepartureState>(departureCase, caseId);
    const { lifecycle } = state;
    if (!lifecycle.opened || lifecycle.cleared || lifecycle.stopped === "cancelled" || hasLeftCountry(lifecycle))
      return [];
    if (lifecycle.stopped !== "held" && missingItems(state, edge.today).length > 0) return [];
    return [onDeparture(caseId, { type: "ResumeDeparture", on: edge.today })];
  },
});
