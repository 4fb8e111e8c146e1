import {
  CaseResumed,
  ConsentGranted,
  DuplicateDismissed,
  isHeldOrEnded,
  registrationContracts,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { departureCase, onDeparture } from "../aggregates.ts";
import { isOpened, missingItems } from "../domain/case/clearance.ts";
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
    const isReady = isOpened(state) && missingItems(state, edge.today).length === 0;
    if (state.lifecycle.cleared || (state.lifecycle.stopped !== "held" && !isReady)) return [];
    return [onDeparture(caseId, { type: "ResumeDeparture", on: edge.today })];
  },
});
