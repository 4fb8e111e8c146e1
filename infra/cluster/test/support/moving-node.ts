import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { pino } from "pino";
import { dataFolderAt, readSettings, realEnvironment, startProcess, type RunningProcess } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { readLog, temporaryFolder, tokensOf } from "@safar/single-node/test-support";
import { candidateBody, createClient, settle, startPostgres, startS3, type Client } from "@safar/testing";
import { moveData, type Destination } from "../../src/move-data.ts";

const environment = realEnvironment();
const REGISTRAR = { role: "registrar", unit: "1726" } as const;
export const SETTLE_MS = 120_000;

/** All services in this process, on a node or on a cluster's servers. */
export const start = (variables: Readonly<Record<string, string>>): Promise<RunningProcess> => {
  const { settings } = readSettings({ SAFAR_PORT: "0", ...variables });
  const onFatal = (error: Error): void => {
    throw error;
  };
  return startProcess({ services, settings, environment, log: pino({ level: "silent" }), onFatal });
};

export const clientOf = async (folder: string, { address }: RunningProcess): Promise<Client> =>
  createClient(address, environment, await (await tokensOf(folder)).of(REGISTRAR));

/** Settled, read and stopped. @returns its log */
const stopNode = async (node: RunningProcess) => {
  await settle(node.kit, node.node, SETTLE_MS);
  const log = await readLog(node.kit.store, node.kit.decoder);
  await node.stop();
  return log;
};

/** A node that has run with a few people, stopped; and servers to move it to. */
export const nodeAndServers = async (t: Test) => {
  const folder = await temporaryFolder(t);
  const node = await start({ SAFAR_DATA: folder });
  const client = await clientOf(folder, node);
  const answers = [];
  for (let n = 1; n <= 5; n += 1)
    answers.push(await client.post("/registration/cases", candidateBody(n), { key: `key-${n}` }));
  const log = await stopNode(node);
  const postgres = await startPostgres({ teardown: (stop) => t.teardown(stop) });
  const s3 = await startS3({ teardown: (stop) => t.teardown(stop) });
  const newEventStore = async (): Promise<string> => {
    const eventstore = await startLocalEventStoreDb({ environment });
    t.teardown(() => eventstore.stop());
    return eventstore.url;
  };
  const vaultUrl = await postgres.createDatabase();
  const to = { eventStoreUrl: await newEventStore(), vaultUrl, filesUrl: s3.url };
  return { folder, answers, log, to, newEventStore };
};

/** `npm run migrate`. */
export const moverOf =
  (folder: string, onProgress: (part: string) => void = () => undefined) =>
  (to: Destination) =>
    moveData({
      from: dataFolderAt({ SAFAR_DATA: folder }),
      to,
      environment,
      signal: new AbortController().signal,
      onProgress,
    });

/** The settings of a process of the cluster, with the node's master key. */
export const clusterOn = async (t: Test, folder: string, to: Destination) => ({
  SAFAR_DATA: folder,
  SAFAR_READ_MODELS: await temporaryFolder(t),
  EVENTSTORE_URL: to.eventStoreUrl,
  VAULT_URL: to.vaultUrl,
  FILES_URL: to.filesUrl,
});

/** While `work` runs the node's folder cannot be marked as moved: so the move ends when all is copied. */
export const withoutMark = async (folder: string, work: () => Promise<void>): Promise<void> => {
  const inTheWay = join(folder, `moved.json.${process.pid}`);
  await mkdir(inTheWay);
  await work();
  await rm(inTheWay, { recursive: true });
};

/** The node runs once more. @returns its log, and what the work gave */
export const runNode = async <Result>(
  folder: string,
  work: (node: RunningProcess, client: Client) => Promise<Result>,
) => {
  const node = await start({ SAFAR_DATA: folder });
  const result = await work(node, await clientOf(folder, node));
  return { log: await stopNode(node), result };
};
