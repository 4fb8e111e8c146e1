import type { DocumentKind, FactOf, visaDocsContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { withConsequences } from "./checklist.ts";
import type { DocumentCommand } from "./commands.ts";
import { passportRefusal, type PassportRefusal } from "./passport.ts";
import { refused } from "./refused.ts";
import type { DossierDocument, DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;
export type DocumentRefusal =
  | PassportRefusal
  | RefusalOf<
      | "already-done"
      | "file-not-uploaded"
      | "too-many-documents"
      | "unknown-document"
      | "replaces-other-kind"
      | "document-verified"
      | "document-rejected"
      | "document-replaced"
      | "zone-missing"
      | "zone-unreadable"
      | "zone-misread"
    >;
type DocumentDecision = Decision<Fact, DocumentRefusal>;

/** Ten times what a dossier needs, so that its stream and its page stay small. */
export const MAX_DOCUMENTS = 150;

/** Health and convictions are special data; the rest of a person's papers are personal (O'RQ-547). */
const classOf = (kind: DocumentKind): "personal" | "special" =>
  kind === "medical-certificate" || kind === "police-clearance" ? "special" : "personal";

const counts = ({ status }: DossierDocument): boolean => status === "uploaded" || status === "verified";

type Upload = Extract<DocumentCommand, { type: "UploadDocument" }>;

const upload = (state: DossierState, command: Upload): DocumentDecision => {
  const { documentId, kind, sha256, file, replaces, effectiveAt } = command;
  if (!file) return refuse("file-not-uploaded");
  if (state.documents.some((other) => counts(other) && other.kind === kind && other.sha256 === sha256))
    return refuse("already-done");
  if (state.documents.length >= MAX_DOCUMENTS) return refuse("too-many-documents", { limit: MAX_DOCUMENTS });
  const replaced = state.documents.find((other) => other.documentId === replaces);
  if (replaces !== undefined && !replaced) return refuse("unknown-document");
  if (replaced && replaced.kind !== kind) return refuse("replaces-other-kind", { kind: replaced.kind });
  if (replaced?.status === "replaced") return refuse("document-replaced");
  const classification = classOf(kind);
  const uploaded: Fact = {
    type: "DocumentUploaded",
    data: { documentId, kind, sha256, mediaType: file.mediaType, classification, size: file.size },
    effectiveAt,
    evidence: [{ sha256, mediaType: file.mediaType, classification }],
  };
  if (!replaced) return accept(uploaded);
  const data = { documentId: replaced.documentId, kind, by: documentId };
  return accept<Fact>(uploaded, { type: "DocumentReplaced", data, effectiveAt });
};

/** A document that was rejected or replaced is not judged again: a new one is uploaded. */
const settledAs = ({ status }: DossierDocument): RefusalOf<"document-rejected" | "document-replaced"> | undefined => {
  if (status === "rejected") return { code: "document-rejected" };
  return status === "replaced" ? { code: "document-replaced" } : undefined;
};

type Verification = Extract<DocumentCommand, { type: "VerifyDocument" }>;

/** MRZ, PINFL and form agree, and the passport outlives the contract by the corridor's months (lifecycle.md, 4). */
const verifyPassport = (state: DossierState, document: DossierDocument, command: Verification): DocumentDecision => {
  const { zone, effectiveAt, today } = command;
  const { documentId, kind } = document;
  switch (zone.kind) {
    case "none":
      return refuse("zone-missing");
    case "unreadable":
      return refuse("zone-unreadable");
    case "misread":
      return refuse("zone-misread");
    case "no-form":
      return refuse("form-not-available");
    case "compared": {
      const contradictions = [...zone.contradictions];
      const reason = "contradicts-form";
      if (contradictions.length > 0)
        return accept({
          type: "DocumentRejected",
          data: { documentId, kind, check: "mrz", reason, contradictions },
          reasonCode: reason,
          effectiveAt,
        });
      const tooShort = passportRefusal(command.passport);
      if (tooShort) return refused(tooShort);
      const verified: Fact = { type: "DocumentVerified", data: { documentId, kind, check: "mrz" }, effectiveAt };
      return accept(...withConsequences(state, [verified], today));
    }
  }
};

const verify = (state: DossierState, document: DossierDocument, command: Verification): DocumentDecision => {
  if (document.status === "verified") return refuse("already-done");
  const settled = settledAs(document);
  if (settled) return refused(settled);
  const { documentId, kind } = document;
  if (kind === "passport") return verifyPassport(state, document, command);
  const { effectiveAt, today } = command;
  const verified: Fact = { type: "DocumentVerified", data: { documentId, kind, check: "officer" }, effectiveAt };
  return accept(...withConsequences(state, [verified], today));
};

export const decideDocument = (state: DossierState, command: DocumentCommand): DocumentDecision => {
  if (command.type === "UploadDocument") return upload(state, command);
  const document = state.documents.find(({ documentId }) => documentId === command.documentId);
  if (!document) return refuse("unknown-document");
  if (command.type === "VerifyDocument") return verify(state, document, command);
  if (document.status === "rejected") return refuse("already-done");
  if (document.status === "verified") return refuse("document-verified");
  const settled = settledAs(document);
  if (settled) return refused(settled);
  const { documentId, kind } = document;
  const { reason, effectiveAt } = command;
  const data: Extract<Fact, { type: "DocumentRejected" }>["data"] = { documentId, kind, check: "officer", reason };
  return accept({ type: "DocumentRejected", data, reasonCode: reason, effectiveAt });
};
