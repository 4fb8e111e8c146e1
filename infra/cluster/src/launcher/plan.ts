import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "@safar/kernel";
import { dataFolderAt, prepareDataFolder, type Settings } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { writeUpstreams } from "../gateway/upstreams.ts";
import { developmentBroker } from "./development-broker.ts";
import { developmentVault } from "./development-vault.ts";
import { freePorts, listens, saysReady } from "./listening.ts";
import type { Program } from "./program.ts";

/** Every process of a cluster on one machine, in the order in which they need each other. */
export interface Plan {
  /** Of what the launcher keeps. */
  readonly folder: string;
  /** Log, broker and vault, where the settings name none that runs already. */
  readonly servers: readonly Program[];
  readonly relay: Program;
  readonly services: readonly Program[];
  readonly gateway: Program;
  readonly address: string;
  /** What the services were told: for tools beside them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Of the broker, where the launcher starts it. */
  readonly monitoringUrl?: string;
}

type Variables = Plan["variables"];

const programAt = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const developmentLog = (folder: string, port: number, variables: Variables): Program => ({
  name: "eventstore",
  command: process.execPath,
  args: [
    programAt("infra/local-eventstoredb/src/main.ts"),
    "--data",
    join(folder, "eventstore"),
    "--port",
    String(port),
  ],
  variables,
  isReady: () => listens(port),
});

const relayProgram = (port: number, shared: Variables): Program => ({
  name: "relay",
  command: process.execPath,
  args: [programAt("infra/relay/src/main.ts")],
  variables: { ...shared, SAFAR_HOST: "127.0.0.1", SAFAR_PORT: String(port) },
  isReady: () => saysReady(port),
});

const serviceProgram = (service: string, replica: number, port: number, folder: string, shared: Variables): Program => {
  const name = `${service}-${replica}`;
  return {
    name,
    command: process.execPath,
    args: [programAt(`services/${service}/src/main.ts`)],
    variables: {
      ...shared,
      SAFAR_HOST: "127.0.0.1",
      SAFAR_PORT: String(port),
      SAFAR_READ_MODELS: join(folder, "read-models", name),
      // The gateway, where the launcher is told of no more.
      SAFAR_PROXIES: shared["SAFAR_PROXIES"] ?? "1",
    },
    isReady: () => saysReady(port),
  };
};

/** What servers keep is closed to others of this machine, also where the folder above was opened for PostgreSQL's user. */
const closeFolders = (folder: string): void => {
  for (const name of ["eventstore", "nats", "s3"]) {
    mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    chmodSync(join(folder, name), 0o700);
  }
};

export const folderOfCluster = (settings: Settings): string => join(dataFolderAt(settings).root, "cluster");

/** Decides what runs where. Databases that need it are made; nothing is started yet. @throws NotDone */
export const planCluster = async (options: {
  readonly settings: Settings;
  readonly replicas: number;
  /** The variables of the launcher, which every process gets too. */
  readonly variables: Variables;
  readonly environment: Environment;
}): Promise<Plan> => {
  const { settings, replicas, environment } = options;
  const data = dataFolderAt(settings);
  prepareDataFolder(data);
  const folder = folderOfCluster(settings);
  prepareDataFolder(dataFolderAt({ SAFAR_DATA: folder }));
  closeFolders(folder);
  const [database = 0, files = 0, eventstore = 0, nats = 0, monitoring = 0, relay = 0, gatewayPort = 0, ...ports] =
    await freePorts(7 + services.length * replicas);
  const shared: Record<string, string | undefined> = { ...options.variables, SAFAR_DATA: data.root };
  const servers: Program[] = [];
  if (settings.EVENTSTORE_URL === undefined) {
    servers.push(developmentLog(folder, eventstore, shared));
    shared["EVENTSTORE_URL"] = `esdb://127.0.0.1:${eventstore}?tls=false`;
  }
  let monitoringUrl: string | undefined;
  if (settings.NATS_URL === undefined) {
    const broker = await developmentBroker({ folder: join(folder, "nats"), ports: [nats, monitoring] });
    servers.push(broker.program);
    shared["NATS_URL"] = broker.url;
    ({ monitoringUrl } = broker);
  }
  if (settings.VAULT_URL === undefined) {
    const vault = await developmentVault({ folder, ports: [database, files], environment });
    servers.push(...vault.programs);
    Object.assign(shared, vault.variables);
  }
  const upstreams = new Map<string, URL[]>();
  const ofServices = services.flatMap(({ name }) =>
    Array.from({ length: replicas }, (_, index) => {
      const port = ports.shift() ?? 0;
      upstreams.set(name, [...(upstreams.get(name) ?? []), new URL(`http://127.0.0.1:${port}`)]);
      return serviceProgram(name, index + 1, port, folder, shared);
    }),
  );
  const port = settings.SAFAR_PORT === 0 ? gatewayPort : settings.SAFAR_PORT;
  const gateway: Program = {
    name: "gateway",
    command: process.execPath,
    args: [programAt("infra/cluster/src/gateway/main.ts")],
    variables: { ...options.variables, SAFAR_PORT: String(port), SAFAR_UPSTREAMS: writeUpstreams(upstreams) },
    isReady: () => saysReady(port),
  };
  const host = settings.SAFAR_HOST.includes(":") ? `[${settings.SAFAR_HOST}]` : settings.SAFAR_HOST;
  return {
    folder,
    servers,
    relay: relayProgram(relay, shared),
    services: ofServices,
    gateway,
    address: `http://${host}:${port}`,
    variables: shared,
    ...(monitoringUrl === undefined ? {} : { monitoringUrl }),
  };
};
