import { isFactOf, isHeldOrEnded, OrientationCompleted, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";

/** An orientation counts for its destination, whenever it was taken. */
export const whenOrientationCompleted = reaction({
  name: "when-orientation-completed",
  on: [{ category: trainingContracts.category, contract: OrientationCompleted }],
  async then(event, edge) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "OrientationCompleted" || caseId === undefined) return [];
    const mayGrant = !isHeldOrEnded(await edge.standingOf(caseId));
    const proof = { requirement: "orientation", by: event.id, destination: event.data.destination } as const;
    return [onDeparture(caseId, { type: "MeetRequirement", proof, mayGrant, on: edge.today }, destination)];
  },
});
