import { dataFolderAt, readSettings } from "@safar/service-kit";
import { backupFolderAt, makeBackup, requireOwnFolder } from "./backup-folder.ts";
import { runCommand, say, WrongUsage } from "@safar/service-kit/command-line";

const usage = `npm run -s backup -- --to DIR

Copies the log and then the vault of SAFAR_DATA into a new folder, while the system runs. The master key is not in it:
keep a copy of it elsewhere, without it nothing personal can be read. A cluster's log and vault are backed up by their
servers' own programs: docs/operating/cluster.md.
  --to  a folder that is empty or not there yet`;

await runCommand({
  usage,
  options: { to: { type: "string" } },
  async run({ values }) {
    if (values.to === undefined) throw new WrongUsage("--to names the folder of the backup");
    const { settings } = readSettings(process.env);
    requireOwnFolder(settings);
    const to = backupFolderAt(values.to);
    const { head } = await makeBackup(dataFolderAt(settings), to);
    say(`${to.root} holds everything up to position ${head}`);
  },
});
