import type { Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { realEnvironment } from "@safar/service-kit";
import { temporaryFolder, tokensOf } from "@safar/single-node/test-support";
import { simulate, type Acknowledged, type Part } from "@safar/simulator";
import { startBroker, type Broker } from "./broker.ts";
import { startClusterGround, type ClusterGround } from "./ground.ts";
import { startOutsideSubscriber } from "./outside-subscriber.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** Real processes whose log lies behind a line that can be cut, and whose servers a test may take away. */
export interface FaultyCluster extends ClusterGround {
  /** Between every process and the log's server. */
  readonly line: TcpProxy;
  readonly broker: Broker;
  /** The log's server stops, and starts again on what it kept once the work is done. */
  withoutLog(work: () => Promise<void>): Promise<void>;
  /** Every command that was answered. */
  readonly acknowledged: readonly Acknowledged[];
  /** Ids of what came to a durable subscriber outside. */
  readonly received: readonly string[];
  /** Journeys go on while the work is done, and all of them come to their end. */
  duringJourneys(t: Test, work: () => Promise<void>): Promise<void>;
}

/** Somebody outside who wants every event. */
const SUBSCRIBER = "ministry";
const PATIENCE_MS = 400_000;
const environment = realEnvironment();
let seed = 0;

const startServers = async (t: Test) => {
  const place = { environment, folder: await temporaryFolder(t) };
  let eventstore = await startLocalEventStoreDb(place);
  t.teardown(() => eventstore.stop());
  const line = await startTcpProxy(eventstore.port);
  t.teardown(() => line.stop());
  const withoutLog = async (work: () => Promise<void>): Promise<void> => {
    await eventstore.stop();
    try {
      await work();
    } finally {
      eventstore = await startLocalEventStoreDb({ ...place, port: eventstore.port });
    }
  };
  return { line, withoutLog, broker: await startBroker(t) };
};

export const startFaultyCluster = async (t: Test): Promise<FaultyCluster> => {
  const servers = await startServers(t);
  const { url: NATS_URL, monitoringUrl } = servers.broker;
  const EVENTSTORE_URL = `esdb://127.0.0.1:${servers.line.port}?tls=false`;
  const variables = { EVENTSTORE_URL, NATS_URL, SAFAR_SUBSCRIBERS: SUBSCRIBER };
  const ground = await startClusterGround(t, { replicas: 1, variables, monitoringUrl });
  const subscriber = await startOutsideSubscriber(NATS_URL, SUBSCRIBER);
  t.teardown(() => subscriber.stop());
  const tokens = await tokensOf(ground.folder);
  const acknowledged: Acknowledged[] = [];
  const walk = () =>
    simulate({
      seed: (seed += 1),
      journeys: 6,
      speed: 100,
      address: ground.address,
      environment,
      tokenOf: (part: Part) => tokens.of(part),
      onAcknowledged: (command) => acknowledged.push(command),
      patienceMs: PATIENCE_MS,
    });
  const duringJourneys = async (t: Test, work: () => Promise<void>): Promise<void> => {
    const over = new AbortController();
    const working = work().finally(() => {
      over.abort();
    });
    working.catch(() => undefined);
    const stopped: unknown[] = [];
    do {
      const { ended } = await walk();
      stopped.push(...ended.filter(({ reached }) => reached === "stopped" || reached.startsWith("/")));
    } while (!over.signal.aborted);
    await working;
    t.same(stopped, [], "every journey comes to its end all the same");
  };
  return { ...ground, ...servers, acknowledged, received: subscriber.ids, duringJourneys };
};
