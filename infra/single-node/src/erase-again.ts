import type { Environment } from "@safar/kernel";
import { dataFolderAt, type Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import type { Erasure } from "@safar/vault";
import { openPostgresVault, postgresVaultExists, removeUnnamedFiles } from "@safar/vault/postgres";
import { loadMasterKey } from "./restore-backup.ts";

/**
 * After a cluster's vault was restored, and before any service starts: erases again who was erased since, and removes
 * the files that nothing names. Done again it changes nothing. @throws NotDone
 */
export const eraseAgain = async (options: {
  readonly settings: Settings;
  readonly erased: readonly Erasure[];
  readonly environment: Environment;
}): Promise<{ readonly erased: number; readonly removedFiles: number }> => {
  const { settings, erased, environment } = options;
  const { VAULT_URL: url, FILES_URL: filesUrl } = settings;
  if (url === undefined || filesUrl === undefined)
    throw new NotDone("VAULT_URL and FILES_URL are not set: they name the vault whose erasures are repeated.");
  // Opened as it is, an empty database would be made a vault of its own.
  if (!(await postgresVaultExists(url)))
    throw new NotDone("The database at VAULT_URL holds no vault: restore the dump into it first.");
  const masterKey = await loadMasterKey(dataFolderAt(settings), environment);
  const vault = await openPostgresVault({ url, filesUrl, masterKey, environment });
  await vault.applyErasures(erased).finally(() => vault.close());
  return { erased: erased.length, removedFiles: await removeUnnamedFiles({ url, filesUrl }) };
};
