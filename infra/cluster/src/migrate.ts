import { dataFolderAt, readSettings } from "@safar/service-kit";
import { complain, NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { realEnvironment } from "@safar/service-kit/environment";
import { progressBar } from "@safar/single-node";
import { moveData } from "./move-data.ts";

const usage = `npm run migrate -- --from ./data --to esdb://USER:PASSWORD@HOST:2113

Moves the data of a single node, which is stopped, to the cluster's servers: log, keys of persons and files, byte for
byte, and compares all of it. Broken off it goes on from there when it is called again.
  --from  SAFAR_DATA of the node; it is left as it is, and marked at the end, so that no node goes on with it
  --to    the EventStoreDB
VAULT_URL and FILES_URL name where the vault goes, SAFAR_MASTER_KEY_FILE its master key where it is not in --from.`;

await runCommand({
  usage,
  options: { from: { type: "string" }, to: { type: "string" } },
  async run({ values: { from, to } }) {
    if (from === undefined || to === undefined) throw new WrongUsage("--from and --to say what is moved and where");
    const { settings } = readSettings(process.env);
    const { VAULT_URL: vaultUrl, FILES_URL: filesUrl } = settings;
    if (vaultUrl === undefined || filesUrl === undefined)
      throw new NotDone("VAULT_URL and FILES_URL are not set: they name where the keys and files of persons go.");
    const environment = realEnvironment();
    const bars = new Map<string, ReturnType<typeof progressBar>>();
    const stopping = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        stopping.abort(new NotDone("Broken off: the same command goes on from there."));
      });
    const { log, vault } = await moveData({
      from: dataFolderAt({ ...settings, SAFAR_DATA: from }),
      to: { eventStoreUrl: to, vaultUrl, filesUrl },
      environment,
      signal: stopping.signal,
      onProgress(part, done, total) {
        const bar = bars.get(part) ?? progressBar(part, environment);
        bars.set(part, bar);
        bar.update(done, total);
      },
    });
    for (const bar of bars.values()) bar.stop();
    say(`${log.events} events are there and were compared, up to position ${log.head}; ${log.copied} were copied now`);
    const { keys, tags, files } = vault.total;
    if (vault.isInUse) return void say(`the vault is in use since an earlier move; ${keys} keys were compared`);
    say(`${keys} keys, ${tags} index entries and ${files} files are there and were compared`);
    for (const name of vault.missingFiles) complain(`the file ${name} was lost on the node before`);
  },
});
