import { readFile } from "node:fs/promises";
import { dataFolderAt, readSettings, realEnvironment } from "@safar/service-kit";
import type { Erasure } from "@safar/vault";
import { backupFolderAt, requireOwnFolder } from "./backup-folder.ts";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { restoreBackup } from "./restore-backup.ts";

const usage = `npm run -s restore -- --from DIR [--erased FILE]

Puts a backup in the place of SAFAR_DATA, with the system stopped. The folder that was there is kept beside it.
  --from    a folder that npm run backup made
  --erased  subjects whose keys must be destroyed again, one a line, each with the time of its erasure after a space
            where it is known; needed where the vault that was in use is lost`;

/** Lines `SUBJECT [INSTANT]`. Without an instant the erasure counts as done now. */
const readErasureFile = async (file: string, now: number): Promise<readonly Erasure[]> => {
  const text = await readFile(file, "utf8").catch(() => {
    throw new NotDone(`${file} cannot be read.`);
  });
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line, index) => {
      const [subject = "", instant, ...more] = line.trim().split(/\s+/);
      const destroyedAt = instant === undefined ? now : Date.parse(instant);
      if (!/^[\w:.-]+$/.test(subject) || Number.isNaN(destroyedAt) || more.length > 0)
        throw new NotDone(`Line ${index + 1} of ${file} is not a subject and the time of its erasure.`);
      return { subject, destroyedAt };
    });
};

await runCommand({
  usage,
  options: { from: { type: "string" }, erased: { type: "string" } },
  async run({ values }) {
    if (values.from === undefined) throw new WrongUsage("--from names the folder of the backup");
    const { settings } = readSettings(process.env);
    requireOwnFolder(settings);
    const environment = realEnvironment();
    const erased =
      values.erased === undefined ? undefined : await readErasureFile(values.erased, environment.clock.now());
    const done = await restoreBackup({
      folder: dataFolderAt(settings),
      backup: backupFolderAt(values.from),
      ...(erased === undefined ? {} : { erased }),
      environment,
    });
    say(`restored up to position ${done.head}; later events stand above ${done.continuesAbove}`);
    say(`${done.erased} erasures were applied`);
    if (done.keptAt !== undefined) say(`what was there before is in ${done.keptAt}`);
  },
});
