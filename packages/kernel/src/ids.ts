import { createHash } from "node:crypto";

declare const brand: unique symbol;
/** A string that only its own constructor may make, so that ids cannot be mixed up. */
export type Branded<Name extends string> = string & { readonly [brand]: Name };

export type CaseId = Branded<"CaseId">;
export type PersonId = Branded<"PersonId">;
export type TransactionId = Branded<"TransactionId">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Lower-case UUID of any version (RFC 9562). */
export const isUuid = (value: string): boolean => UUID.test(value);

/** The namespace of every id that Safar derives; random once, fixed for ever. */
export const SAFAR_NAMESPACE = "7c1f3c9e-52d4-4d2b-9a1e-6f5b0e8d7a34";

/**
 * UUID version 5 (RFC 9562, 5.5): the same name in the same namespace gives the same id, for ever.
 * Parts are joined by a character that no part may contain, so that ("ab","c") and ("a","bc") differ.
 */
export const deriveUuid = (namespace: string, ...parts: readonly string[]): string => {
  const hash = createHash("sha1");
  hash.update(Buffer.from(namespace.replaceAll("-", ""), "hex"));
  hash.update(parts.join("\u001f"));
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** What a command creates gets its id from the transaction, so that a repeat creates nothing new. */
export const idFromTransaction = (transactionId: string, what: string): string => deriveUuid(transactionId, what);

/** One application per case and vacancy (identifiers.md). */
export const applicationIdOf = (caseId: string, vacancyId: string): string =>
  deriveUuid(SAFAR_NAMESPACE, "application", caseId, vacancyId);

/** One benefit per case and kind, hence one payment per kind per journey (lifecycle.md, 7). */
export const benefitIdOf = (caseId: string, kind: string): string =>
  deriveUuid(SAFAR_NAMESPACE, "benefit", caseId, kind);
