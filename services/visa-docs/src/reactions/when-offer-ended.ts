import { applicationContracts, ApplicationWithdrawn, isFactOf, PlacedOnReserve } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { isWithdrawnBy } from "../domain/dossier/journey.ts";
import type { DossierState } from "../domain/dossier/state.ts";

/** The offer that the dossier was opened for is gone; another one opens it again. */
export const whenOfferEnded = reaction({
  name: "when-offer-ended",
  on: [ApplicationWithdrawn, PlacedOnReserve].map((contract) => ({
    category: applicationContracts.category,
    contract,
  })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(applicationContracts, event) || caseId === undefined) return [];
    if (event.type !== "ApplicationWithdrawn" && event.type !== "PlacedOnReserve") return [];
    const { state } = await edge.load<DossierState>(dossier, caseId);
    const isOurs = event.data.offerId !== undefined && event.data.offerId === state.offer?.offerId;
    if (!isOurs || !isWithdrawnBy(state, "offer-ended")) return [];
    return [onDossier(caseId, { type: "WithdrawDossier", cause: "offer-ended" })];
  },
});
