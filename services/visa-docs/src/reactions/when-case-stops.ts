import { CASE_STOPS, caseStopOf } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { isWithdrawnBy } from "../domain/dossier/journey.ts";
import type { DossierState } from "../domain/dossier/state.ts";

/** The dossier is withdrawn, and with it the place in a group that is not handed in yet. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: CASE_STOPS,
  async then(event, edge) {
    const { caseId } = event.meta;
    const cause = caseStopOf(event.type);
    if (caseId === undefined || cause === undefined) return [];
    const { state } = await edge.load<DossierState>(dossier, caseId);
    return isWithdrawnBy(state, cause) ? [onDossier(caseId, { type: "WithdrawDossier", cause })] : [];
  },
});
