import type { Environment } from "@safar/kernel";
import { dataFolderAt, readSettings, realEnvironment, type Settings } from "@safar/service-kit";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { backupFolderAt, requireOwnFolder } from "./backup-folder.ts";
import { readErasureFile } from "./erasure-file.ts";
import { restoreBackup } from "./restore-backup.ts";

const usage = `npm run -s restore -- --from DIR [--erased FILE]
npm run -s restore -- --above POSITION
npm run -s restore -- --erased FILE

The first puts a backup in the place of SAFAR_DATA, with the system stopped. The folder that was there is kept beside
it. The others are for a cluster whose servers were restored by their own programs, before any service starts:
--above has later events of the log (EVENTSTORE_URL) stand above what the lost log may have given out, once VAULT_URL
and NATS_URL (with the relay's credentials) tell that nobody runs, as far as they are set; --erased erases
in the vault (VAULT_URL, FILES_URL) again who was erased since, and removes the files that nothing names any more.
  --from    a folder that npm run backup made
  --above   the head that the lost log had, as /health/ready or safar_log_position told it last, or higher
  --erased  subjects whose keys must be destroyed again, one a line, each with the time of its erasure after a space
            where it is known (2026-03-01T00:00:00Z, or milliseconds since 1970); beside --from it is needed where the
            vault that was in use is lost`;

/** The most digits that leave room for a log to grow in 64 bits. */
const POSITION = /^\d{1,18}$/;

interface Given {
  readonly settings: Settings;
  readonly environment: Environment;
}

const restoreNode = async (from: string, erased: string | undefined, given: Given): Promise<void> => {
  const { settings, environment } = given;
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

// The clients of the cluster's servers are loaded only where they are used.

const continueLog = async (above: string, { settings, environment }: Given): Promise<void> => {
  const { EVENTSTORE_URL: url } = settings;
  if (url === undefined) throw new WrongUsage("--above is for a log at EVENTSTORE_URL, which is not set");
  if (!POSITION.test(above)) throw new WrongUsage("--above must be a position: a number of at most 18 digits");
  const { requireStopped } = await import("./require-stopped.ts");
  const unchecked = await requireStopped(settings, environment);
  const { continueLogAbove } = await import("@safar/event-store/eventstoredb");
  const head = await continueLogAbove({ url, above: BigInt(above), environment });
  say(`the log ends at position ${head}; later events stand above ${above}`);
  if (unchecked.length > 0) say(`whether they are stopped was not checked: ${unchecked.join(", ")}`);
};

const restoreClusterVault = async (erased: string, { settings, environment }: Given): Promise<void> => {
  if (settings.VAULT_URL === undefined) throw new WrongUsage("--from names the folder of the backup");
  const { eraseAgain } = await import("./erase-again.ts");
  const list = await readErasureFile(erased, environment.clock.now());
  const done = await eraseAgain({ settings, erased: list, environment });
  say(`${done.erased} erasures were applied; ${done.removedFiles} files that nothing names were removed`);
};

await runCommand({
  usage,
  options: { from: { type: "string" }, above: { type: "string" }, erased: { type: "string" } },
  async run({ values: { from, above, erased } }) {
    const { settings } = readSettings(process.env);
    const given = { settings, environment: realEnvironment() };
    if (from !== undefined && above !== undefined)
      throw new NotDone("--from finds out by itself what later events must stand above: leave --above out.");
    if (from !== undefined) return restoreNode(from, erased, given);
    if (above === undefined && erased === undefined) throw new WrongUsage("--from names the folder of the backup");
    if (above !== undefined) await continueLog(above, given);
    if (erased !== undefined) await restoreClusterVault(erased, given);
  },
});
