import { readSettings, realEnvironment } from "@safar/service-kit";
import { complain, EXIT, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { startCluster } from "./launcher/start-cluster.ts";

const usage = `npm run cluster [-- --replicas 2]

Every service as a process of its own, on this machine, for development. Log, broker and vault are started too where
the settings (EVENTSTORE_URL, NATS_URL, VAULT_URL with FILES_URL) name none; their data lies in SAFAR_DATA/cluster.
What ends is started again and told. Ctrl-C stops everything.
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
    const stopping = new AbortController();
    const asked = Promise.withResolvers<undefined>();
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.on(signal, () => {
        stopping.abort(new Error("stopped before it was ready"));
        asked.resolve(undefined);
      });
    const cluster = await startCluster({
      settings,
      replicas,
      variables: process.env,
      environment: realEnvironment(),
      tell: complain,
      signal: stopping.signal,
    });
    say(`Safar is ready at ${cluster.address}`);
    await asked.promise;
    await cluster.stop();
    process.exit(EXIT.done);
  },
});
