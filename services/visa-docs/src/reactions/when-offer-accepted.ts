import { applicationContracts, isFactOf, OfferAccepted, requirementSetOf } from "@safar/contracts";
import { tashkentDate } from "@safar/kernel";
import { reaction } from "@safar/service-kit";
import { onDossier } from "../aggregates.ts";

/** Opens the dossier by the requirement set that was in force on the day of the acceptance, whenever it is read. */
export const whenOfferAccepted = reaction({
  name: "when-offer-accepted",
  on: [{ category: applicationContracts.category, contract: OfferAccepted }],
  then(event) {
    const { caseId, occurredAt } = event.meta;
    if (!isFactOf(applicationContracts, event) || event.type !== "OfferAccepted" || caseId === undefined) return [];
    const { applicationId, offerId, vacancyId, employerId, corridor, contractMonths, terms } = event.data;
    const on = tashkentDate(Date.parse(occurredAt));
    const offer = { round: applicationId, offerId, corridor, contractMonths, terms, employerId, vacancyId };
    const requirementSet = requirementSetOf({ ...corridor, on });
    return [onDossier(caseId, { type: "OpenDossier", offer, requirementSet, on }, corridor.country)];
  },
});
