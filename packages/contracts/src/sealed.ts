import { z } from "zod";

/** A personal value as it lies on disk and on the wire: ciphertext under the key of the person it is about. */
export interface Sealed {
  /** base64url of version, nonce, ciphertext and tag (AES-256-GCM). */
  readonly sealed: string;
  /** The subject whose key opens it; erasing that person is destroying the key. */
  readonly of: string;
}

export const sealedSchema = z.strictObject({ sealed: z.string().min(1), of: z.string().min(1) });

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === "object" &&
  value !== null &&
  "sealed" in value &&
  typeof value.sealed === "string" &&
  "of" in value &&
  typeof value.of === "string";

/**
 * A personal field: in clear when a command records it, sealed ever after.
 * Only the edge may open one, for a reader who may see it; domain code carries it and never looks inside.
 */
export type Personal<T> = T | Sealed;
