import { applicationContracts, isFactOf, OfferAccepted } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { vacancy } from "../aggregates.ts";
import type { VacancyCommand } from "../domain/vacancy/commands.ts";

/** The reserved position becomes taken. */
export const whenOfferAccepted = reaction({
  name: "when-offer-accepted",
  on: [{ category: applicationContracts.category, contract: OfferAccepted }],
  then(event) {
    const { caseId } = event.meta;
    if (caseId === undefined || !isFactOf(applicationContracts, event) || event.type !== "OfferAccepted") return [];
    const { offerId, applicationId, vacancyId } = event.data;
    const command: VacancyCommand = { type: "TakePosition", offerId, applicationId, caseId };
    return [{ aggregate: vacancy, id: vacancyId, command }];
  },
});
