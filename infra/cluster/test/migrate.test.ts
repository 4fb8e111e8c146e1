import t from "tap";
import { checkLog, readLog, temporaryFolder } from "@safar/single-node/test-support";
import { candidateBody, postgresMissing, settle } from "@safar/testing";
import { clientOf, clusterOn, moverOf, nodeAndServers, SETTLE_MS, start } from "./support/moving-node.ts";

t.setTimeout(300_000);

t.test(
  "a node is moved to the cluster's servers without registering anybody again",
  { skip: postgresMissing() },
  async (t) => {
    const { folder, answers, log, to } = await nodeAndServers(t);
    const parts = new Set<string>();
    const move = moverOf(folder, (part) => void parts.add(part));
    const moved = await move(to);
    t.equal(moved.log.events, log.length);
    t.equal(moved.vault.missingFiles.length, 0);
    t.ok(parts.has("keys"), `it tells how far it is with ${[...parts].join()}`);
    const again = await move(to);
    t.same(
      [again.log.events, again.log.copied, again.vault.isInUse],
      [log.length, 0, true],
      "once more, it only verifies",
    );

    const cluster = await start(await clusterOn(t, folder, to));
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
  const to = { eventStoreUrl: "esdb://127.0.0.1:1?tls=false", vaultUrl: "", filesUrl: "" };
  await t.rejects(moverOf(await temporaryFolder(t))(to), /holds no log/);
});
