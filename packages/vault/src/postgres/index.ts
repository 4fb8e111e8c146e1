export { openPostgresVault, type PostgresVaultOptions } from "./vault.ts";
