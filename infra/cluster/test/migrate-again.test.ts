import { rm } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { dataFolderAt, markMoved, realEnvironment, type RunningProcess } from "@safar/service-kit";
import { readLog } from "@safar/single-node/test-support";
import { candidateBody, postgresMissing, type Client } from "@safar/testing";
import { clientOf, clusterOn, moverOf, nodeAndServers, runNode, start, withoutMark } from "./support/moving-node.ts";

t.setTimeout(300_000);
const skip = postgresMissing();

const register = async (client: Client, n: number): Promise<string> =>
  (await client.post("/registration/cases", candidateBody(n), { key: `key-${n}` })).body.caseId;

const personOf = async ({ kit }: RunningProcess, caseId: string): Promise<string> =>
  (await kit.executor.caseHeader(caseId))?.personId ?? "";

const found = async (client: Client, n: number) =>
  (await client.post("/registration/cases/search", { pinfl: candidateBody(n)["pinfl"] })).body.items;

async function* bytes(text: string) {
  yield Buffer.from(text);
}

t.test("a node that is started again between two tries is moved with all that it did", { skip }, async (t) => {
  const { folder, answers, log, to } = await nodeAndServers(t);
  const move = moverOf(folder);
  const cluster = await clusterOn(t, folder, to);
  await t.rejects(move({ ...to, eventStoreUrl: "esdb://127.0.0.1:1?tls=false" }), { name: "StoreUnavailable" });
  await t.rejects(start(cluster), { name: "VaultNotOpened", reason: "half-moved" }, "the keys alone are no cluster");
  await withoutMark(folder, async () => {
    await t.rejects(move(to), { name: "NotDone", message: /All is copied, but .* cannot be marked as moved/ });
  });
  await t.rejects(start(cluster), { name: "VaultNotOpened", reason: "half-moved" }, "the cluster does not start yet");

  const erasedCase: string = answers[1]!.body.caseId;
  const again = await runNode(folder, async (node, client) => {
    const personId = await personOf(node, await register(client, 6));
    await node.kit.vault.files.write(personId, "scan", bytes("a scan"));
    const erased = await personOf(node, erasedCase);
    await node.kit.vault.destroyKey(erased);
    return { personId, erased };
  });
  t.ok(again.log.length > log.length);
  const moved = await move(to);
  t.equal(moved.log.events, again.log.length);
  t.equal(moved.vault.total.erasures, 1);

  const running = await start(cluster);
  const { vault, store, decoder } = running.kit;
  const { personId, erased } = again.result;
  const client = await clientOf(folder, running);
  t.equal((await found(client, 6)).length, 1, "who was registered in between is found");
  t.type(await vault.findKey(personId), Uint8Array);
  t.equal(await vault.files.has("scan"), true);
  t.equal(await vault.findKey(erased), "destroyed", "who was erased in between is erased");
  t.same(await found(client, 2), []);
  t.same(
    (await readLog(store, decoder)).slice(0, again.log.length).map(({ id }) => id),
    again.log.map(({ id }) => id),
  );

  const first = await personOf(running, answers[0]!.body.caseId);
  await vault.destroyKey(first);
  await register(client, 7);
  await running.stop();
  t.match(await move(to), { log: { events: again.log.length, copied: 0 }, vault: { isInUse: true } });
  const later = await start(cluster);
  t.teardown(() => later.stop());
  t.equal(
    await later.kit.vault.findKey(first),
    "destroyed",
    "an erasure in the cluster is not undone by the node's key",
  );
  t.equal((await found(await clientOf(folder, later), 7)).length, 1);
});

t.test(
  "once the move is complete the node does not start, and what it does all the same is refused",
  { skip },
  async (t) => {
    const { folder, to, newEventStore } = await nodeAndServers(t);
    const move = moverOf(folder);
    // As a try leaves it that dies right after its mark.
    await withoutMark(folder, () => t.rejects(move(to), { name: "NotDone" }).then(() => undefined));
    markMoved(dataFolderAt({ SAFAR_DATA: folder }), realEnvironment());
    await t.rejects(start({ SAFAR_DATA: folder }), { name: "DataFolderUnusable" }, "neither the node starts");
    const cluster = await clusterOn(t, folder, to);
    await t.rejects(start(cluster), { name: "VaultNotOpened", reason: "half-moved" }, "nor the cluster");
    await move(to);
    await t.rejects(start({ SAFAR_DATA: folder }), { name: "DataFolderUnusable", message: /was moved to a cluster/ });
    await t.rejects(
      start({ SAFAR_DATA: folder, EVENTSTORE_URL: to.eventStoreUrl }),
      { name: "DataFolderUnusable" },
      "nor with one half of it",
    );
    await t.rejects(
      move({ ...to, eventStoreUrl: await newEventStore() }),
      { name: "MoveRefused", message: /no log was moved to this EventStoreDB/ },
      "a second log is not begun beside a vault that is in use",
    );

    await rm(join(folder, "moved.json"));
    await runNode(folder, (_, client) =>
      client.post("/registration/cases/search", { pinfl: candidateBody(1)["pinfl"] }),
    );
    await t.rejects(move(to), { name: "MoveRefused", message: /not as it was moved: .* entered anew/ });
    await runNode(folder, (_, client) => register(client, 8));
    await t.rejects(move(to), { name: "VaultNotOpened", reason: "in-use", message: /lacks 1 keys of persons/ });
  },
);

t.test(
  "a node whose start begins while it is moved does not start, before or after the end of the move",
  { skip },
  async (t) => {
    const { folder, to } = await nodeAndServers(t);
    const starts: Promise<unknown>[] = [];
    const starting = (): Promise<unknown> =>
      start({ SAFAR_DATA: folder }).then(
        (node) => node.stop(),
        (error: unknown) => error,
      );
    await moverOf(folder, () => void starts.push(starting()))(to);
    t.ok(starts.length >= 3, `${starts.length} starts were tried`);
    for (const refused of await Promise.all(starts))
      t.match(refused, { name: /^(LogFileRefused|DataFolderUnusable)$/ });
  },
);
