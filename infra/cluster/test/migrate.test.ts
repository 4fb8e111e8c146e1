import t, { type Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { pino } from "pino";
import { dataFolderAt, readSettings, realEnvironment, startProcess, type RunningProcess } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { checkLog, readLog, temporaryFolder, tokensOf } from "@safar/single-node/test-support";
import { candidateBody, createClient, postgresMissing, settle, startPostgres, startS3 } from "@safar/testing";
import { moveData } from "../src/move-data.ts";

t.setTimeout(300_000);
const environment = realEnvironment();
const REGISTRAR = { role: "registrar", unit: "1726" } as const;
const SETTLE_MS = 120_000;

const start = (variables: Readonly<Record<string, string>>): Promise<RunningProcess> => {
  const { settings } = readSettings({ SAFAR_PORT: "0", ...variables });
  const onFatal = (error: Error): void => {
    throw error;
  };
  return startProcess({ services, settings, environment, log: pino({ level: "silent" }), onFatal });
};

const clientOf = async (folder: string, { address }: RunningProcess) =>
  createClient(address, environment, await (await tokensOf(folder)).of(REGISTRAR));

/** A node that has run with a few people, stopped; and servers to move it to. */
const nodeAndServers = async (t: Test) => {
  const folder = await temporaryFolder(t);
  const node = await start({ SAFAR_DATA: folder });
  const client = await clientOf(folder, node);
  const answers = [];
  for (let n = 1; n <= 5; n += 1)
    answers.push(await client.post("/registration/cases", candidateBody(n), { key: `key-${n}` }));
  await settle(node.kit, node.node, SETTLE_MS);
  const log = await readLog(node.kit.store, node.kit.decoder);
  await node.stop();
  const postgres = await startPostgres({ teardown: (stop) => t.teardown(stop) });
  const s3 = await startS3({ teardown: (stop) => t.teardown(stop) });
  const eventstore = await startLocalEventStoreDb({ environment });
  t.teardown(() => eventstore.stop());
  const vaultUrl = await postgres.createDatabase();
  return { folder, answers, log, to: { eventStoreUrl: eventstore.url, vaultUrl, filesUrl: s3.url } };
};

t.test(
  "a node is moved to the cluster's servers without registering anybody again",
  { skip: postgresMissing() },
  async (t) => {
    const { folder, answers, log, to } = await nodeAndServers(t);
    const parts = new Set<string>();
    const move = () =>
      moveData({
        from: dataFolderAt({ SAFAR_DATA: folder }),
        to,
        environment,
        signal: new AbortController().signal,
        onProgress: (part) => void parts.add(part),
      });
    const moved = await move();
    t.equal(moved.log.events, log.length);
    t.equal(moved.vault?.missingFiles.length, 0);
    t.ok(parts.has("keys"), `it tells how far it is with ${[...parts].join()}`);
    const again = await move();
    t.same(
      [again.log.events, again.log.copied, again.vault],
      [log.length, 0, undefined],
      "once more, it only verifies",
    );

    const variables = { EVENTSTORE_URL: to.eventStoreUrl, VAULT_URL: to.vaultUrl, FILES_URL: to.filesUrl };
    const cluster = await start({ SAFAR_DATA: folder, SAFAR_READ_MODELS: await temporaryFolder(t), ...variables });
    t.teardown(() => cluster.stop());
    const client = await clientOf(folder, cluster);
    for (const [index, first] of answers.entries()) {
      const repeated = await client.post("/registration/cases", candidateBody(index + 1), { key: `key-${index + 1}` });
      t.same(
        [repeated.status, repeated.body],
        [first.status, first.body],
        "a key has the answer that it had on the node",
      );
      const read = await client.get(`/registration/cases/${first.body.caseId}?minPosition=${first.body.position}`);
      t.equal(read.status, 200);
    }
    const found = await client.post("/registration/cases/search", { pinfl: candidateBody(1)["pinfl"] });
    t.equal(found.body.items[0]?.caseId, answers[0]?.body.caseId, "and a person is found by the moved index");
    const later = await client.post("/registration/cases", candidateBody(6));
    t.equal(later.status, 201);
    t.ok(BigInt(later.body.position) > log.at(-1)!.position, "later events stand above the moved ones");
    await settle(cluster.kit, cluster.node, SETTLE_MS);
    const now = await readLog(cluster.kit.store, cluster.kit.decoder);
    t.strictSame(
      now
        .slice(0, log.length)
        .map(({ id, position, recordedAt, stream, revision }) => ({ id, position, recordedAt, stream, revision })),
      log.map(({ id, position, recordedAt, stream, revision }) => ({ id, position, recordedAt, stream, revision })),
      "every event has its first position and time",
    );
    checkLog(t, now);
  },
);

t.test("a folder without a log is not moved", async (t) => {
  const folder = await temporaryFolder(t);
  const to = { eventStoreUrl: "esdb://127.0.0.1:1?tls=false", vaultUrl: "", filesUrl: "" };
  const options = { to, environment, signal: new AbortController().signal, onProgress: () => undefined };
  await t.rejects(moveData({ from: dataFolderAt({ SAFAR_DATA: folder }), ...options }), /holds no log/);
});
