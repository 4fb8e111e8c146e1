export { openPostgresVault, postgresVaultExists, type PostgresVaultOptions } from "./vault.ts";
export { migrateVault, type MoveOptions, type MoveProgress, type MoveReport } from "./move/migrate.ts";
export { removeUnnamedFiles } from "./unnamed-files.ts";
