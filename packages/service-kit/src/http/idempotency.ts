import canonicalize from "canonicalize";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import type { Vault } from "@safar/vault";
import type { Caller } from "../service/caller.ts";
import { malformedBody } from "./body-faults.ts";
import { ProblemError } from "./problem.ts";

/** Long enough for a UUID with a prefix, short enough to be no place for a body. */
const MAX_KEY_LENGTH = 200;

export const idempotencyKeyOf = (header: string | string[] | undefined): string => {
  if (typeof header !== "string" || header.length > MAX_KEY_LENGTH || !/^[\x21-\x7e]+$/.test(header))
    throw new ProblemError("idempotency-key-missing");
  return header;
};

/** uuidv5(issuer, subject, method, path, key): the same caller's same key on the same path is the same command. */
export const transactionIdOf = (caller: Caller, method: string, path: string, key: string): string =>
  deriveUuid(SAFAR_NAMESPACE, "transaction", caller.issuer, caller.subject, method, path, key);

/** HMAC of the body as received, as canonical JSON (RFC 8785): before defaults, clock, ids and actor are added. */
export const requestHashOf = (vault: Vault, body: unknown): string => {
  let canonical: string | undefined;
  try {
    canonical = canonicalize(body ?? null);
  } catch (error) {
    // RFC 8785 has no form for half of a surrogate pair, which JSON's escapes can spell and no text contains.
    throw malformedBody("not-unicode", error);
  }
  return vault.requestHash(new TextEncoder().encode(canonical ?? "null"));
};
