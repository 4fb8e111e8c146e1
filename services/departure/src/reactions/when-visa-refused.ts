import { isFactOf, visaDocsContracts, VisaRefused } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";

/** Without a visa there is no clearance in this round; the refusal is on record here too. */
export const whenVisaRefused = reaction({
  name: "when-visa-refused",
  on: [{ category: visaDocsContracts.category, contract: VisaRefused }],
  then(event) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "VisaRefused" || caseId === undefined) return [];
    return [onDeparture(caseId, { type: "BarClearance", round: event.data.round }, destination)];
  },
});
