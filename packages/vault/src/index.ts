export * from "./port.ts";
export { createSealer, KeyExpired, KeyMissing, type Opened, type Sealer, type SubjectSealer } from "./sealing.ts";
export { KEY_CACHE_ENTRIES, KEY_CACHE_MILLISECONDS } from "./key-cache.ts";
export { MAX_SEALED_BYTES, SealDamaged } from "./sealed-value.ts";
export { loadOrCreateMasterKey, MasterKeyMalformed, type LoadedMasterKey } from "./master-key.ts";
export { openEmbeddedVault, type EmbeddedVault, type EmbeddedVaultOptions } from "./embedded/vault.ts";
export { checkVaultBackup } from "./embedded/check.ts";
export { openMemoryVault, type MemoryVaultOptions } from "./memory/vault.ts";
export { MAX_QUEUED_WRITES } from "./embedded/write-queue.ts";
