import { isFactOf, OrientationCompleted, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDossier } from "../aggregates.ts";

/** Kept for every round in which the corridor asks for it. */
export const whenOrientationCompleted = reaction({
  name: "when-orientation-completed",
  on: [{ category: trainingContracts.category, contract: OrientationCompleted }],
  then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "OrientationCompleted" || caseId === undefined) return [];
    const orientation = { by: event.id, destination: event.data.destination };
    return [onDossier(caseId, { type: "NoteOrientation", orientation, today: edge.today })];
  },
});
