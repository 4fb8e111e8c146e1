import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import t from "tap";
import { makeSite } from "@safar/nats";
import { settingsSchema } from "@safar/service-kit";
import { temporaryFolder } from "@safar/single-node/test-support";
import { checkNatsConfiguration } from "@safar/testing/servers";
import { compose, infra, manifests, names, three, workloads, type Manifest } from "./support/manifests.ts";

/** Every process finds what it is told of: its program, its settings, its files. */

const podOf = (workload: Manifest): Manifest => workload.spec.template.spec;
const named = (name: string): Manifest => workloads.find(({ metadata }) => metadata.name === name);
const { data: settings } = manifests.find(({ kind }) => kind === "ConfigMap");
const ours = workloads.filter((workload) => podOf(workload).containers[0].image.startsWith("safar:"));
/** The table of secrets in the README: which exist before, and their keys. */
const secrets = new Map(
  readFileSync(new URL("kubernetes/README.md", infra), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .flatMap((line) => {
      const [, name = "", keys = ""] = line.split("|");
      const keysOf = [...keys.matchAll(/`([\w.-]+)`/g)].map(([, key = ""]) => key);
      return [...name.matchAll(/`([\w-]+)`/g)].map(([, secret = ""]) => [secret, keysOf] as const);
    }),
);
const keysOf = (secret: string): readonly string[] | undefined =>
  secrets.get(secret) ?? (names.some((name) => secret === `nats-${name}`) ? secrets.get("nats-SERVICE") : undefined);

t.test("the programs and settings that our processes are given are ones", async (t) => {
  const known = new Set(Object.keys(settingsSchema.shape));
  for (const workload of ours) {
    const [container] = podOf(workload).containers;
    const given = (container.env ?? []).map(({ name }: Manifest) => name);
    t.same(
      given.filter((name: string) => !known.has(name)),
      [],
      workload.metadata.name,
    );
    t.ok(existsSync(new URL(`../${container.args[0]}`, infra)), container.args[0]);
  }
  t.same(
    Object.keys(settings).filter((name) => !known.has(name)),
    [],
  );
  for (const [name, service] of Object.entries<Manifest>(compose.services)) {
    if (service.image !== "safar:0.1.0") continue;
    t.same(
      Object.keys(service.environment).filter((each) => !known.has(each)),
      [],
      name,
    );
    t.ok(existsSync(new URL(`../${service.command[0]}`, infra)), service.command[0]);
  }
});

/** As EventStoreDB 23.10.6 lists them with `--what-if`, without those that it calls deprecated. */
const OF_EVENTSTOREDB = new Set(
  `CLUSTER_SIZE CLUSTER_DNS CLUSTER_GOSSIP_PORT DISCOVER_VIA_DNS GOSSIP_SEED NODE_IP REPLICATION_IP
  NODE_HOST_ADVERTISE_AS REPLICATION_HOST_ADVERTISE_AS DEFAULT_ADMIN_PASSWORD DEFAULT_OPS_PASSWORD RUN_PROJECTIONS DB LOG
  CERTIFICATE_FILE CERTIFICATE_PRIVATE_KEY_FILE TRUSTED_ROOT_CERTIFICATES_PATH`
    .split(/\s+/)
    .map((name) => `EVENTSTORE_${name}`),
);

t.test("EventStoreDB is given settings of its own release", async (t) => {
  const ofKubernetes = podOf(named("eventstore")).containers[0].env.map(({ name }: Manifest) => name);
  const nodes = [compose.services.eventstore, ...Object.values<Manifest>(three.services)];
  const ofCompose = nodes.flatMap(({ environment }) => Object.keys(environment));
  const given = [...ofKubernetes, ...ofCompose].filter((name) => name !== "POD_NAME");
  t.same(
    given.filter((name) => !OF_EVENTSTOREDB.has(name)),
    [],
  );
});

t.test("every mount has its volume, and every secret and key stands in the README's list", async (t) => {
  for (const workload of workloads) {
    const { volumes = [], containers } = podOf(workload);
    const { name } = workload.metadata;
    const claimed = (workload.spec.volumeClaimTemplates ?? []).map(({ metadata }: Manifest) => metadata.name);
    const declared: string[] = [...volumes.map((volume: Manifest) => volume.name), ...claimed];
    const mounted: string[] = containers[0].volumeMounts.map((mount: Manifest) => mount.name);
    t.same([...mounted].sort(), [...declared].sort(), `${name}: mounts and volumes`);
    for (const { secret } of volumes.filter((volume: Manifest) => volume.secret)) {
      t.ok(keysOf(secret.secretName), `${name}: ${secret.secretName}`);
      for (const { key } of secret.items ?? []) t.ok(keysOf(secret.secretName)?.includes(key), `${name}: ${key}`);
    }
    for (const { valueFrom } of containers[0].env ?? []) {
      const { name: secret = "", key } = valueFrom?.secretKeyRef ?? {};
      if (secret !== "") t.ok(keysOf(secret)?.includes(key), `${name}: ${secret}, ${key}`);
    }
  }
});

t.test("every file that a setting names lies in a secret that is mounted there", async (t) => {
  const paths = [...JSON.stringify(settings).matchAll(/\/secrets\/[\w/-]+/g)].map(([path]) => path);
  t.ok(paths.length > 6);
  const services = ours.filter(({ metadata }) => names.includes(metadata.name));
  for (const workload of services)
    for (const path of paths) {
      const { volumes, containers } = podOf(workload);
      const mount = containers[0].volumeMounts.find(({ mountPath }: Manifest) => mountPath === dirname(path));
      const { secret } = volumes.find(({ name }: Manifest) => name === mount?.name) ?? {};
      t.ok(keysOf(secret?.secretName ?? "")?.includes(basename(path)), `${workload.metadata.name}: ${path}`);
    }
});

t.test("nats-server takes its files as Kubernetes lays them out, and listens where it is asked", async (t) => {
  const folder = await temporaryFolder(t);
  const mount = join(folder, "mounted");
  const [made, store] = [join(folder, "made"), join(folder, "data")];
  makeSite({
    folder: made,
    services: names,
    subscribers: ["ministry"],
    listen: "0.0.0.0:4222",
    monitor: "0.0.0.0:8222",
    hosts: ["nats"],
    maxFileStore: "40GB",
    cluster: { listen: "0.0.0.0:6222", routes: [0, 1, 2].map((node) => `nats-${node}.nats:6222`) },
    server: { folder: mount, store },
  });
  const { containers, volumes } = podOf(named("nats"));
  const { secret } = volumes.find(({ name }: Manifest) => name === "configuration");
  for (const { key, path } of secret.items) {
    mkdirSync(dirname(join(mount, path)), { recursive: true });
    // A secret is made of files by their names.
    const file = [join(made, key), join(made, "tls", key)].find((each) => existsSync(each)) ?? "";
    copyFileSync(file, join(mount, path));
  }
  const [, config] = containers[0].args;
  const seen = join(mount, basename(config));
  t.doesNotThrow(() => checkNatsConfiguration(seen));
  const text = readFileSync(join(mount, "site.conf"), "utf8");
  for (const { name, containerPort } of containers[0].ports) t.match(text, `0.0.0.0:${containerPort}`, name);
  writeFileSync(join(mount, "tls/ca.pem"), "");
  t.throws(() => checkNatsConfiguration(seen), "what is missing is found");
});
