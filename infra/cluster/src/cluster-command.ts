import { readSettings, realEnvironment } from "@safar/service-kit";
import { complain, EXIT, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { startCluster } from "./launcher/start-cluster.ts";
import { whenAskedToStop } from "./launcher/when-asked-to-stop.ts";

const usage = `npm run cluster [-- --replicas 2]

Every service as a process of its own, on this machine, for development. Log, broker and vault are started too where
the settings (EVENTSTORE_URL, NATS_URL, VAULT_URL with FILES_URL) name none; their data lies in SAFAR_DATA/cluster.
What ends is started again and told. Ctrl-C stops everything, and once more kills what does not stop. Whoever kills
this command stops everything too.
  --replicas  processes of each service; default 1`;

/** More than one machine has a use for. */
const MAX_REPLICAS = 8;

const replicasOf = (text = "1"): number => {
  if (!/^\d$/.test(text) || Number(text) < 1 || Number(text) > MAX_REPLICAS)
    throw new WrongUsage(`--replicas must be a whole number from 1 to ${MAX_REPLICAS}`);
  return Number(text);
};

await runCommand({
  usage,
  options: { replicas: { type: "string" } },
  async run({ values }) {
    const replicas = replicasOf(values.replicas);
    const { settings, warnings } = readSettings(process.env);
    for (const warning of warnings) complain(warning);
    const environment = realEnvironment();
    const { stopping, killing, asked } = whenAskedToStop(environment, complain);
    const cluster = await startCluster({
      settings,
      replicas,
      variables: process.env,
      environment,
      tell: complain,
      onProgress: complain,
      signal: stopping,
      killing,
    });
    say(`Safar is ready at ${cluster.address}`);
    await asked;
    await cluster.stop();
    process.exit(EXIT.done);
  },
});
