import { CertificateIssued, isFactOf, isHeldOrEnded, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";

/** A certificate mostly comes before clearance opens; it is kept, and counts when it does. */
export const whenCertificateIssued = reaction({
  name: "when-certificate-issued",
  on: [{ category: trainingContracts.category, contract: CertificateIssued }],
  async then(event, edge) {
    const { caseId, destination } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "CertificateIssued" || caseId === undefined) return [];
    const { track, language, cefr, validUntil } = event.data;
    // No corridor asks for soft skills; an orientation has an event of its own.
    if (track !== "trade" && track !== "language") return [];
    const requirement = track === "trade" ? "certificate" : "language";
    const mayGrant = !isHeldOrEnded(await edge.standingOf(caseId));
    const proof = { requirement, by: event.id, language, cefr, validUntil } as const;
    return [onDeparture(caseId, { type: "MeetRequirement", proof, mayGrant, on: edge.today }, destination)];
  },
});
