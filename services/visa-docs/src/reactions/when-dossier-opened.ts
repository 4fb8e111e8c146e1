import { DossierOpened, visaDocsContracts, type RegistrationStatus, type WithdrawalCause } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { isWithdrawnBy } from "../domain/dossier/journey.ts";
import type { DossierState } from "../domain/dossier/state.ts";

const CAUSES: Readonly<Partial<Record<RegistrationStatus, WithdrawalCause>>> = {
  suspended: "case-suspended",
  withdrawn: "candidate-withdrew",
  merged: "case-merged",
  closed: "case-closed",
};

/** Closes the gap between an acceptance and a stop that was worked off before the dossier was there. */
export const whenDossierOpened = reaction({
  name: "when-dossier-opened",
  on: [{ category: visaDocsContracts.category, contract: DossierOpened }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const standing = await edge.standingOf(caseId);
    const cause = standing && CAUSES[standing];
    if (cause === undefined) return [];
    const { state } = await edge.load<DossierState>(dossier, caseId);
    return isWithdrawnBy(state, cause) ? [onDossier(caseId, { type: "WithdrawDossier", cause })] : [];
  },
});
