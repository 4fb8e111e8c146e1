import { isFactOf, isHeldOrEnded, visaDocsContracts, VisaStageCompleted } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";

/** The visa is there and the dossier complete: clearance opens, and is granted at once where cover came before. */
export const whenVisaStageCompleted = reaction({
  name: "when-visa-stage-completed",
  on: [{ category: visaDocsContracts.category, contract: VisaStageCompleted }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "VisaStageCompleted" || caseId === undefined) return [];
    const mayGrant = !isHeldOrEnded(await edge.standingOf(caseId));
    const { round, corridor, requires, contractMonths, employerId } = event.data;
    const opening = { round, corridor, requires, contractMonths, employerId };
    return [
      onDeparture(caseId, { type: "OpenClearance", opening, by: event.id, mayGrant, on: edge.today }, corridor.country),
    ];
  },
});
