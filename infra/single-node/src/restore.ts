import type { Environment } from "@safar/kernel";
import { dataFolderAt, readSettings, realEnvironment, type Settings } from "@safar/service-kit";
import { runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { backupFolderAt, requireOwnFolder } from "./backup-folder.ts";
import { readErasureFile } from "./erasure-file.ts";
import { restoreBackup } from "./restore-backup.ts";

const usage = `npm run -s restore -- --from DIR [--erased FILE]
npm run -s restore -- --erased FILE

The first puts a backup in the place of SAFAR_DATA, with the system stopped. The folder that was there is kept beside
it. The second is for a cluster whose vault (VAULT_URL, FILES_URL) was restored by its servers' own programs, before any
service starts: it erases again who was erased since, and removes the files that nothing names any more.
  --from    a folder that npm run backup made
  --erased  subjects whose keys must be destroyed again, one a line, each with the time of its erasure after a space
            where it is known (2026-03-01T00:00:00Z, or milliseconds since 1970); beside --from it is needed where the
            vault that was in use is lost`;

const restoreNode = async (from: string, given: Given): Promise<void> => {
  const { settings, erased, environment } = given;
  requireOwnFolder(settings);
  const done = await restoreBackup({
    folder: dataFolderAt(settings),
    backup: backupFolderAt(from),
    ...(erased === undefined ? {} : { erased: await readErasureFile(erased, environment.clock.now()) }),
    environment,
  });
  say(`restored up to position ${done.head}; later events stand above ${done.continuesAbove}`);
  say(`${done.erased} erasures were applied`);
  if (done.keptAt !== undefined) say(`what was there before is in ${done.keptAt}`);
};

interface Given {
  readonly settings: Settings;
  readonly erased: string | undefined;
  readonly environment: Environment;
}

/** PostgreSQL's client is loaded only where it is used. */
const restoreClusterVault = async ({ settings, erased, environment }: Given): Promise<void> => {
  if (erased === undefined || settings.VAULT_URL === undefined)
    throw new WrongUsage("--from names the folder of the backup");
  const { eraseAgain } = await import("./erase-again.ts");
  const list = await readErasureFile(erased, environment.clock.now());
  const done = await eraseAgain({ settings, erased: list, environment });
  say(`${done.erased} erasures were applied; ${done.removedFiles} files that nothing names were removed`);
};

await runCommand({
  usage,
  options: { from: { type: "string" }, erased: { type: "string" } },
  async run({ values: { from, erased } }) {
    const { settings } = readSettings(process.env);
    const given = { settings, erased, environment: realEnvironment() };
    await (from === undefined ? restoreClusterVault(given) : restoreNode(from, given));
  },
});
