import { parseArgs } from "node:util";
import { makeSite } from "./make-site.ts";

/** `npm run -w infra/nats credentials -- --to DIR`: keys, certificates and configuration for a server of one's own. */

const SERVICES = [
  "registration",
  "training",
  "selection",
  "visa-docs",
  "departure",
  "placement-confirmation",
  "insurance-compensation",
  "situation-center",
  "audit",
];

const USAGE = `npm run -w infra/nats credentials -- --to DIR [--subscriber NAME …] [--listen 127.0.0.1:4222]
  [--host NAME …] [--max-file-store 10GB] [--sync-interval always] [--monitor 0.0.0.0:8222]
  [--route HOST:PORT … --cluster-listen 0.0.0.0:6222] [--server-folder DIR --server-store DIR]

Makes in DIR all that nats-server needs: nats.conf, accounts.conf, site.conf, the seed of each user's key (creds/),
and a certificate authority for development with certificates for the server and every user (tls/). Keys that are
there already stay. Then: nats-server -c DIR/nats.conf
  --sync-interval                  when writes reach the disk: a server of 2.12 knows it, of 2.9 does not
  --monitor                        where the server is asked whether it is well
  --route                          each server of a cluster, by the name under which the others reach it
  --server-folder, --server-store  where a server in a container sees DIR and keeps its data`;

const main = (): number => {
  const { values } = parseArgs({
    options: {
      to: { type: "string" },
      subscriber: { type: "string", multiple: true, default: [] },
      listen: { type: "string", default: "127.0.0.1:4222" },
      host: { type: "string", multiple: true, default: ["127.0.0.1", "localhost"] },
      "max-file-store": { type: "string", default: "10GB" },
      "sync-interval": { type: "string" },
      monitor: { type: "string" },
      route: { type: "string", multiple: true, default: [] },
      "cluster-listen": { type: "string", default: "0.0.0.0:6222" },
      "server-folder": { type: "string" },
      "server-store": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.to === undefined) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  const { "server-folder": serverFolder, "server-store": store } = values;
  if ((serverFolder === undefined) !== (store === undefined)) {
    console.error("--server-folder and --server-store go together");
    return 2;
  }
  const site = makeSite({
    folder: values.to,
    services: SERVICES,
    subscribers: values.subscriber,
    listen: values.listen,
    hosts: values.host,
    maxFileStore: values["max-file-store"],
    syncInterval: values["sync-interval"],
    monitor: values.monitor,
    cluster: values.route.length > 0 ? { listen: values["cluster-listen"], routes: values.route } : undefined,
    server: serverFolder !== undefined && store !== undefined ? { folder: serverFolder, store } : undefined,
  });
  console.log(`nats-server -c ${site.config}`);
  return 0;
};

try {
  process.exitCode = main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
