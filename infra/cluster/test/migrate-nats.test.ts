import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";
import { PARTITIONS, type DecodedEvent } from "@safar/contracts";
import { realEnvironment } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { checkLog, readLog, tokensOf } from "@safar/single-node/test-support";
import { simulate, type Part } from "@safar/simulator";
import { candidateBody, postgresMissing, type Client } from "@safar/testing";
import { freePorts, saysReady } from "../src/launcher/listening.ts";
import { supervise } from "../src/launcher/supervise.ts";
import { startBroker, type Broker } from "./support/broker.ts";
import { clusterMissing } from "./support/ground.ts";
import { clientOf, clusterOn, moverOf, nodeAndServers, runNode, SETTLE_MS, start } from "./support/moving-node.ts";
import { streamOf } from "./support/settle.ts";
import { readStreamMessages } from "./support/stream-messages.ts";

t.setTimeout(300_000);
const environment = realEnvironment();
/** Enough that every service has reacted. */
const JOURNEYS = 8;

/** Registered abroad with a proven identity: placement confirmation reacts by opening the placement. */
const register = async (client: Client, n: number): Promise<void> => {
  const body = candidateBody(n, { channel: "representation", startsAbroad: true });
  const { caseId } = (await client.post("/registration/cases", body)).body;
  const asked = await client.post(`/registration/cases/${caseId}/identity-requests`, { method: "document" });
  const proof = { requestId: asked.body.id, method: "document" };
  await client.post(`/registration/cases/${caseId}/identity-verifications`, proof);
};

/** A node on which reactions took place, moved; and its log as it was there. */
const movedNode = async (t: Test) => {
  const { folder, to } = await nodeAndServers(t);
  const { log } = await runNode(folder, async ({ address }) => {
    const tokens = await tokensOf(folder);
    await simulate({
      seed: 11,
      journeys: JOURNEYS,
      speed: 200,
      address,
      environment,
      tokenOf: (part: Part) => tokens.of(part),
      patienceMs: SETTLE_MS,
    });
  });
  await moverOf(folder)(to);
  return { folder, to, log };
};

/** The relay as a process: one process has one EventStoreDB open. */
const startRelay = async (t: Test, variables: Readonly<Record<string, string>>): Promise<void> => {
  const [port = 0] = await freePorts(1);
  const relay = supervise(
    {
      name: "relay",
      command: process.execPath,
      args: [fileURLToPath(new URL("../../relay/src/main.ts", import.meta.url))],
      variables: { PATH: process.env["PATH"], ...variables, SAFAR_PORT: String(port), SAFAR_LOG_LEVEL: "fatal" },
      isReady: () => saysReady(port),
    },
    { environment, tell: (line) => void t.fail(line) },
  );
  t.teardown(() => relay.stop());
  await relay.ready;
};

const reacting = services.filter(({ reactions = [] }) => reactions.length > 0);

/** Waits until the stream has so many messages and every durable has acknowledged all of its own. */
const untilTaken = async (broker: Broker, count: number): Promise<void> => {
  const deadline = environment.clock.monotonic() + SETTLE_MS;
  for (;;) {
    const { messages, consumers } = await streamOf(broker);
    const isTaken = consumers.every(({ num_pending, num_ack_pending }) => num_pending + num_ack_pending === 0);
    if (messages >= count && consumers.length === reacting.length * PARTITIONS && isTaken) return;
    if (environment.clock.monotonic() > deadline) throw new Error(`${messages} of ${count} messages, not all taken`);
    await environment.timers.sleep(50);
  }
};

const placesOf = (events: readonly DecodedEvent[]) =>
  events.map(({ id, position, revision, stream }) => [id, String(position), String(revision), stream]);
const openedIn = (events: readonly DecodedEvent[]) => events.filter(({ type }) => type === "PlacementOpened");

t.test(
  "a moved log is published with its first positions, and all of it delivered again does no reaction twice",
  { skip: postgresMissing() || clusterMissing() },
  async (t) => {
    const { folder, to, log } = await movedNode(t);
    const reacted = log.filter(({ meta }) => meta.actor.kind === "system" && meta.causationId !== undefined);
    const services = new Set(reacted.map(({ meta }) => meta.service));
    t.ok(services.size === reacting.length, `${reacted.length} events of reactions of ${[...services].join()}`);
    t.comment(`${log.length} events moved, ${reacted.length} of them by reactions`);
    const broker = await startBroker(t);
    const variables = { ...(await clusterOn(t, folder, to)), NATS_URL: broker.url };
    await startRelay(t, variables);
    const cluster = await start(variables);
    t.teardown(() => cluster.stop());
    const { store, decoder } = cluster.kit;
    const readNow = () => readLog(store, decoder);
    const isPublished = (event: DecodedEvent): boolean => decoder.contractOf(event)?.isPublished ?? false;

    /** The stream holds what the log does, place by place, in headers and bodies. */
    const checkStream = async (events: readonly DecodedEvent[], why: string): Promise<void> => {
      const published = events.filter(isPublished);
      await untilTaken(broker, published.length);
      const seen = await readStreamMessages(broker.url);
      t.strictSame(
        seen.map(({ id, position, revision, stream }) => [id, position, revision, stream]),
        placesOf(published),
        why,
      );
      t.same(
        seen.filter(({ position, body }) => body["position"] !== position),
        [],
        "bodies too",
      );
    };
    await checkStream(log, "every message has the position that its event had on the node");
    t.strictSame(placesOf(await readNow()), placesOf(log), "and no reaction took place again");

    await broker.wipe();
    await checkStream(log, "so it is when the stream is built again");
    t.strictSame(placesOf(await readNow()), placesOf(log), "and all is delivered once more");

    await register(await clientOf(folder, cluster), 11);
    while (openedIn(await readNow()).length === openedIn(log).length) await environment.timers.sleep(50);
    const now = await readNow();
    await checkStream(now, "what is appended afterwards continues the line");
    t.strictSame(placesOf((await readNow()).slice(0, log.length)), placesOf(log));
    t.equal(openedIn(await readNow()).length, openedIn(log).length + 1, "and has its reaction, once");
    checkLog(t, await readNow());
  },
);
