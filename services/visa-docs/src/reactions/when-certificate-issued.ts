import { CertificateIssued, isFactOf, trainingContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onDossier } from "../aggregates.ts";

/** Kept also where no dossier is open yet: certificates usually precede the offer. */
export const whenCertificateIssued = reaction({
  name: "when-certificate-issued",
  on: [{ category: trainingContracts.category, contract: CertificateIssued }],
  then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(trainingContracts, event) || event.type !== "CertificateIssued" || caseId === undefined) return [];
    const { certificateId, track, isco, language, cefr, validUntil } = event.data;
    const certificate = { certificateId, by: event.id, track, isco, language, cefr, validUntil };
    return [onDossier(caseId, { type: "NoteCertificate", certificate, today: edge.today })];
  },
});
