import { existsSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import type { Test } from "tap";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { openReadModel, verifyReadModel } from "@safar/read-model";
import { decoderOfEverything, projectionsOf, readSettings, realEnvironment } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { temporaryFolder, type Ground } from "@safar/single-node/test-support";
import { postgresMissing } from "@safar/testing";
import { findProgram } from "../../src/launcher/find-program.ts";
import { startCluster, type Cluster } from "../../src/launcher/start-cluster.ts";
import { settleCluster } from "./settle.ts";

const environment = realEnvironment();

/** Why no cluster can be started here; false where one can. For a test's `skip`. */
export const clusterMissing = (): string | false => {
  try {
    findProgram("nats-server", "nats-server", "install it");
    return postgresMissing();
  } catch (error) {
    return (error as Error).message;
  }
};

export interface ClusterGround extends Ground {
  readonly cluster: Cluster;
  /** What the launcher told: which process ended how. */
  readonly told: readonly string[];
}

/** The tables of each replica, copied while it works, go on to the log's head and are compared with the fold. */
const checkReadModels = async (t: Test, ground: Omit<ClusterGround, "checkReadModels">): Promise<void> => {
  const { folder, store, decoder } = ground;
  for (const definition of services)
    for (let replica = 1; ; replica += 1) {
      const own = join(folder, "cluster", "read-models", `${definition.name}-${replica}`);
      const file = join(own, `${definition.name}.sqlite`);
      if (!existsSync(file)) {
        t.ok(replica > 1, `${definition.name} has tables`);
        break;
      }
      const copy = join(own, "copy.sqlite");
      rmSync(copy, { force: true });
      const original = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
      original.exec(`VACUUM INTO '${copy}'`);
      original.close();
      const projections = projectionsOf(definition);
      const readModel = openReadModel({
        file: copy,
        projections,
        store,
        decoder,
        environment,
        onError: (error) => t.fail(String(error)),
      });
      await readModel.ready;
      const differences = await verifyReadModel({ store, decoder, projections, readModel });
      t.same(differences, [], `the tables of ${definition.name}-${replica} are the fold of the log`);
      await readModel.close();
    }
};

/** A whole cluster of real processes on a folder of the test's own, stopped with the test. */
export const startClusterGround = async (
  t: Test,
  options: {
    readonly replicas: number;
    readonly variables?: Readonly<Record<string, string>>;
    /** Of the broker, where the variables name one. */
    readonly monitoringUrl?: string;
  },
): Promise<ClusterGround> => {
  const folder = await temporaryFolder(t);
  const given = { SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_LOG_LEVEL: "error", ...options.variables };
  const variables = { PATH: process.env["PATH"], NODE_COMPILE_CACHE: join(folder, "compiled"), ...given };
  const { settings } = readSettings(given);
  const told: string[] = [];
  const { replicas } = options;
  const tell = (line: string): void => void told.push(line);
  const started = await startCluster({ settings, replicas, variables, environment, tell });
  t.teardown(() => started.stop());
  const cluster: Cluster = { ...started, ...(options.monitoringUrl && { monitoringUrl: options.monitoringUrl }) };
  const url = options.variables?.["EVENTSTORE_URL"] ?? cluster.variables["EVENTSTORE_URL"] ?? "";
  const store = await openEventStoreDb({ url, environment, onFatal: (error) => t.fail(error.message) });
  t.teardown(() => store.close());
  const ground = { folder, address: cluster.address, store, decoder: decoderOfEverything(), cluster, told };
  const settle = () => settleCluster(ground);
  return { ...ground, settle, checkReadModels: (t) => checkReadModels(t, { ...ground, settle }) };
};
