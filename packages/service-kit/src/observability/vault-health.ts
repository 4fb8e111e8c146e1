import type { Environment } from "@safar/kernel";
import type { Vault } from "@safar/vault";
import { createProbe } from "./probe.ts";

/** One look-up by a key a second is nothing to the database. */
const KEYS_ASKED_AFTER_MS = 1_000;
/** A store may count each request; nothing but a flag depends on the answer. */
const FILES_ASKED_AFTER_MS = 10_000;
/**
 * The vault is one for all replicas. A standby that takes over, or a pause, must not take every one of them out at
 * once: commands are answered with 503 and repeated meanwhile. What lasts longer is told.
 */
export const VAULT_GRACE_MS = 20_000;

/** A subject that nobody is. Only keys that are there are kept in memory, so looking for it asks the vault itself. */
const NOBODY = "health";

/** What readiness says of the vault: whether it and its file store answer, and whether that is to be waited for. */
export interface VaultHealth {
  readonly vault: boolean;
  readonly files: boolean;
  /** False once the vault has been away for longer than `VAULT_GRACE_MS`. Without its file store it is well enough. */
  readonly isReady: boolean;
}

export const createVaultHealth = (environment: Environment, vault: Vault): (() => Promise<VaultHealth>) => {
  const askKeys = createProbe(environment, KEYS_ASKED_AFTER_MS, () => vault.findKey(NOBODY));
  const askFiles = createProbe(environment, FILES_ASKED_AFTER_MS, () => vault.files.check());
  return async () => {
    const [keys, files] = await Promise.all([askKeys(), askFiles()]);
    return { vault: keys === undefined, files: files === undefined, isReady: (keys ?? 0) < VAULT_GRACE_MS };
  };
};
