import {
  CandidateWithdrew,
  CaseClosed,
  CaseMerged,
  CaseSuspended,
  ConsentWithdrawn,
  DuplicateSuspected,
  registrationContracts,
  type WithdrawalCause,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { isWithdrawnBy } from "../domain/dossier/journey.ts";
import type { DossierState } from "../domain/dossier/state.ts";

const CAUSES: Readonly<Record<string, WithdrawalCause>> = {
  CandidateWithdrew: "candidate-withdrew",
  CaseSuspended: "case-suspended",
  ConsentWithdrawn: "consent-withdrawn",
  DuplicateSuspected: "duplicate-suspected",
  CaseMerged: "case-merged",
  CaseClosed: "case-closed",
};

/** The dossier is withdrawn, and with it the place in a group that is not handed in yet. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: [CandidateWithdrew, CaseSuspended, ConsentWithdrawn, DuplicateSuspected, CaseMerged, CaseClosed].map(
    (contract) => ({ category: registrationContracts.category, contract }),
  ),
  async then(event, edge) {
    const { caseId } = event.meta;
    const cause = CAUSES[event.type];
    if (caseId === undefined || cause === undefined) return [];
    const { state } = await edge.load<DossierState>(dossier, caseId);
    return isWithdrawnBy(state, cause) ? [onDossier(caseId, { type: "WithdrawDossier", cause })] : [];
  },
});
