import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Test } from "tap";
import { freePort, natsProcess, type NatsProcess } from "@safar/testing/servers";
import { makeSite, type Site } from "../../src/index.ts";

const SERVERS = [0, 1, 2];

/** Three servers of one generated configuration, as processes on loopback. */
export interface ThreeServers {
  readonly site: Site;
  readonly ports: readonly number[];
  /** Of the client's address: all of them. */
  readonly url: string;
  /** The door for probes of one of them. */
  readonly monitors: readonly string[];
  readonly routes: readonly string[];
  readonly servers: readonly NatsProcess[];
}

/** The same files with a disk of its own, as the volume of a machine would be; gives the configuration's path. */
const onADiskOfItsOwn = async (folder: string, each: number): Promise<string> => {
  const own = join(folder, `nats-${each}`);
  await mkdir(own);
  for (const name of ["nats.conf", "accounts.conf"]) await copyFile(join(folder, name), join(own, name));
  const text = await readFile(join(folder, "site.conf"), "utf8");
  await writeFile(join(own, "site.conf"), text.replace(join(folder, "store"), join(own, "store")));
  return join(own, "nats.conf");
};

/** Three machines would listen on the same ports; here each has its own from its command line. */
export const startThreeServers = async (t: Test): Promise<ThreeServers> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-nats-three-"));
  const portsOf = (): Promise<number[]> => Promise.all(SERVERS.map(() => freePort()));
  const [ports, cluster, monitors] = [await portsOf(), await portsOf(), await portsOf()];
  const routes = cluster.map((port) => `localhost:${port}`);
  const site = makeSite({
    folder,
    services: ["visa-docs", "training"],
    subscribers: [],
    listen: "127.0.0.1:1",
    hosts: ["localhost"],
    maxFileStore: "100MB",
    monitor: "127.0.0.1:1",
    cluster: { listen: "127.0.0.1:1", routes },
  });
  const servers: NatsProcess[] = [];
  for (const each of SERVERS)
    servers.push(
      natsProcess(await onADiskOfItsOwn(folder, each), [
        ...["--name", `nats-${each}`, "--port", String(ports[each]), "--http_port", String(monitors[each])],
        ...["--cluster", `nats://localhost:${cluster[each] ?? 0}`],
      ]),
    );
  t.teardown(async () => {
    await Promise.all(servers.map((server) => server.kill()));
    await rm(folder, { recursive: true });
  });
  await Promise.all(servers.map((server) => server.start()));
  return {
    ...{ site, ports, routes, servers },
    url: ports.map((port) => `tls://localhost:${port}`).join(","),
    monitors: monitors.map((port) => `http://127.0.0.1:${port}`),
  };
};

/** A fourth server, with a certificate of the same authority; gives its door for probes. */
export const startIntruder = async (t: Test, three: ThreeServers, certificate: string): Promise<string> => {
  const [tls, monitor] = [dirname(three.site.caFile), await freePort()];
  const config = join(tls, `intruder-${certificate}.conf`);
  const files = `cert_file: "${tls}/${certificate}.pem", key_file: "${tls}/${certificate}-key.pem", ca_file: "${tls}/ca.pem"`;
  const lines = [
    `listen: "127.0.0.1:${await freePort()}"`,
    `http: "127.0.0.1:${monitor}"`,
    `cluster { name: safar, listen: "127.0.0.1:${await freePort()}", tls { ${files} }, routes: [ "nats://${three.routes[0] ?? ""}" ] }`,
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const intruder = natsProcess(config);
  t.teardown(() => intruder.kill());
  await intruder.start();
  return `http://127.0.0.1:${monitor}`;
};

const ask = async <T>(address: string): Promise<T> => (await fetch(address)).json() as Promise<T>;

export const serverIdOf = async (monitor: string): Promise<string> =>
  (await ask<{ readonly server_id: string }>(`${monitor}/varz`)).server_id;

/** Ids of the servers that one of them knows. */
export const routesOf = async (monitor: string): Promise<readonly string[]> =>
  (await ask<{ readonly routes: readonly { readonly remote_id: string }[] }>(`${monitor}/routez`)).routes.map(
    ({ remote_id }) => remote_id,
  );
