import { createHash } from "node:crypto";
import type { Ask } from "./connections.ts";

/** Eight bytes of a hash: two that meet only wait for each other. */
const numberOf = (text: string): string => createHash("sha256").update(text).digest().readBigInt64BE().toString();

/**
 * Locks until the transaction ends, in every process. A file's name is locked before its subject, and of each only
 * one within a transaction, so no two wait for each other.
 */
export const lockSubject = async (ask: Ask, subject: string): Promise<void> => {
  await ask("SELECT pg_advisory_xact_lock($1)", [numberOf(`subject ${subject}`)]);
};

export const lockFileName = async (ask: Ask, name: string): Promise<void> => {
  await ask("SELECT pg_advisory_xact_lock($1)", [numberOf(`file ${name}`)]);
};

/** Within a transaction that has locked the subject: nobody erases it meanwhile. */
export const isErased = async (ask: Ask, subject: string): Promise<boolean> => {
  const [row] = await ask("SELECT 1 FROM safar_vault.subject_keys WHERE subject = $1 AND destroyed_at IS NOT NULL", [
    subject,
  ]);
  return row !== undefined;
};
