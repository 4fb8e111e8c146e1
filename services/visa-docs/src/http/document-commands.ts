import { DocumentRejected, DocumentUploaded, type DecodedEvent } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { passportValidity } from "../domain/dossier/passport.ts";
import type { DossierState } from "../domain/dossier/state.ts";
import { contractBody, dayOf, documentBody, rejectionBody, verificationBody } from "./bodies.ts";
import { storedFileOf } from "./stored-files.ts";
import { readZone } from "./zone.ts";

const uploadDocument = command({
  name: "UploadDocument",
  path: "/cases/:caseId/documents",
  summary: "Add an uploaded file to the dossier as a document, in place of an older one where it replaces it",
  body: documentBody,
  async to({ params, body, edge }) {
    const file = await storedFileOf(edge, params.caseId, body.sha256);
    const documentId = idFromTransaction(edge.transactionId, "document");
    return onDossier(params.caseId, { type: "UploadDocument", ...body, documentId, file });
  },
  answer: (events) => {
    const uploaded = events.find(({ type }) => type === DocumentUploaded.type);
    return uploaded ? { id: DocumentUploaded.schema.parse(uploaded.data).documentId } : {};
  },
});

/** A passport that contradicts the form is rejected on record; the caller is told why in the answer. */
const warningsOf = (events: readonly DecodedEvent[]): string[] =>
  events
    .filter(({ type }) => type === DocumentRejected.type)
    .map(({ data }) => DocumentRejected.schema.parse(data))
    .flatMap(({ reason, contradictions = [] }) => [reason, ...contradictions.map((field) => `${reason}:${field}`)]);

const verifyDocument = command({
  name: "VerifyDocument",
  path: "/cases/:caseId/verifications",
  summary: "Verify a document; of a passport the zone, the PINFL and the form have to agree, or it is rejected",
  body: verificationBody,
  async to({ params, body, edge }) {
    const { documentId, mrz, effectiveAt } = body;
    const form = await edge.personOf(params.caseId);
    const { state } = await edge.load<DossierState>(dossier, params.caseId);
    const startsOn = state.contract?.startsOn ?? edge.today;
    return onDossier(params.caseId, {
      type: "VerifyDocument",
      documentId,
      zone: readZone(mrz, form),
      passport: passportValidity(state, startsOn, form?.passportExpiry),
      today: edge.today,
      effectiveAt,
    });
  },
  answer: (events) => ({ warnings: warningsOf(events) }),
});

const rejectDocument = command({
  name: "RejectDocument",
  path: "/cases/:caseId/rejections",
  summary: "Reject a document for a reason; another one is uploaded instead",
  body: rejectionBody,
  to: ({ params, body }) => onDossier(params.caseId, { type: "RejectDocument", ...body }),
});

const signContract = command({
  name: "SignContract",
  path: "/cases/:caseId/contracts",
  summary: "Record the signed contract: its hash, and terms that are those of the offer",
  body: contractBody,
  async to({ params, body, edge }) {
    const { caseId } = params;
    const { state } = await edge.load<DossierState>(dossier, caseId);
    const form = await edge.personOf(caseId);
    return onDossier(caseId, {
      type: "SignContract",
      ...body,
      isUploaded: (await storedFileOf(edge, caseId, body.sha256)) !== undefined,
      signedOn: dayOf(body, edge.today),
      standing: await edge.standingOf(caseId),
      passport: passportValidity(state, body.startsOn, form?.passportExpiry),
      today: edge.today,
    });
  },
});

export const documentCommands = [uploadDocument, verifyDocument, rejectDocument, signContract];
