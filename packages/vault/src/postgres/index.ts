export { openPostgresVault, postgresVaultExists, type PostgresVaultOptions } from "./vault.ts";
export {
  migrateVault,
  openVaultMove,
  type MoveOptions,
  type MoveProgress,
  type MoveReport,
  type VaultMove,
} from "./move/migrate.ts";
export { vaultSessions, type VaultSession } from "./sessions.ts";
export { removeUnnamedFiles } from "./unnamed-files.ts";
