import { z } from "zod";
import { event } from "../event.ts";
import { isoDate, reasonCode, sha256, uuid } from "../fields.ts";
import { workTermsSchema } from "../selection/terms.ts";

export const documentKind = z.enum([
  "passport",
  "photo",
  "diploma",
  "certificate",
  "police-clearance",
  "medical-certificate",
  "contract",
  "invitation",
  "work-permit",
  "visa",
  "power-of-attorney",
  "other",
]);
export type DocumentKind = z.infer<typeof documentKind>;

/** `special`: health and conviction, which fewer may see (O'RQ-547, article 25). */
export const documentClass = z.enum(["ordinary", "personal", "special"]);
export const mediaTypeOfDocument = z.enum(["application/pdf", "image/jpeg", "image/png"]);

/** A document that came in; its bytes lie in the vault's store under the person's key, never here. */
export const DocumentUploaded = event(
  "DocumentUploaded",
  z.strictObject({
    documentId: uuid,
    kind: documentKind,
    sha256,
    mediaType: mediaTypeOfDocument,
    classification: documentClass,
    /** Bytes. */
    size: z.int().min(1),
  }),
).published();

/** What the machine readable zone of a passport and the form say of the same holder (the guard of visa-docs). */
export const zoneFields = z.enum(["passport", "birthDate", "sex", "pinfl"]);

export const DocumentVerified = event(
  "DocumentVerified",
  z.strictObject({
    documentId: uuid,
    kind: documentKind,
    /** `officer`: a person looked at it (the actor). `mrz`: and the zone agrees with PINFL and form. */
    check: z.enum(["officer", "mrz"]),
  }),
).published();

export const DocumentRejected = event(
  "DocumentRejected",
  z.strictObject({
    documentId: uuid,
    kind: documentKind,
    check: z.enum(["officer", "mrz"]),
    reason: reasonCode,
    /** Which fields differ, never what they hold. */
    contradictions: z.array(zoneFields).optional(),
  }),
).published();

/** The older document counts no more; what it met is open until the newer one is verified. */
export const DocumentReplaced = event(
  "DocumentReplaced",
  z.strictObject({ documentId: uuid, kind: documentKind, by: uuid }),
).published();

/** The employment contract as it was signed: what the placement's contract is compared with. */
export const ContractSigned = event(
  "ContractSigned",
  z.strictObject({
    round: uuid,
    sha256,
    terms: workTermsSchema,
    employerId: uuid,
    contractMonths: z.int().min(1),
    startsOn: isoDate,
    signedOn: isoDate,
    /** How the signer was recognised. */
    method: z.enum(["face-id", "document"]),
  }),
).published();
