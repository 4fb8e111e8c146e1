import {
  CaseResumed,
  ConsentGranted,
  DuplicateDismissed,
  isHeldOrEnded,
  registrationContracts,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { isHold } from "../domain/dossier/journey.ts";
import type { DossierState } from "../domain/dossier/state.ts";

/** Once nothing holds the case any more, its dossier goes on from where it stood, without the place in a group. */
export const whenCaseGoesOn = reaction({
  name: "when-case-goes-on",
  on: [CaseResumed, ConsentGranted, DuplicateDismissed].map((contract) => ({
    category: registrationContracts.category,
    contract,
  })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const { state } = await edge.load<DossierState>(dossier, caseId);
    if (!isHold(state.lifecycle.withdrawnFor) || isHeldOrEnded(await edge.standingOf(caseId))) return [];
    return [onDossier(caseId, { type: "ResumeDossier", today: edge.today })];
  },
});
