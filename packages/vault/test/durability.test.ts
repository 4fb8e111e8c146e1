import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import t from "tap";
import { MAX_QUEUED_WRITES, openEmbeddedVault, VaultNotOpened, type EmbeddedVault } from "../src/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { startChild } from "./support/child.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";
import { hasScan, MALIKA, MALIKA_PINFL, OTABEK_PINFL } from "./support/people.ts";
import { MASTER_KEY, openIn } from "./support/vault.ts";

const open = (folder: string, masterKey = MASTER_KEY): Promise<EmbeddedVault> =>
  openEmbeddedVault({ folder, masterKey, environment: createTestEnvironment() });

t.test("everything is there after a restart", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await open(folder);
  const { personId } = await before.findOrCreatePerson(MALIKA_PINFL);
  await before.indexPerson(personId, MALIKA);
  await before.files.write(personId, "scan", pieces(Buffer.from("scan")));
  await before.destroyKey("import:1");
  const key = await before.keyOf(personId);
  const hash = before.requestHash(Buffer.from("{}"));
  await before.close();

  const after = await openIn(t, folder);
  t.same(await after.findOrCreatePerson(MALIKA_PINFL), { personId, created: false });
  t.same(await after.findKey(personId), key);
  t.same(await after.findPersons({ name: "Малика" }), [personId]);
  t.equal((await gather(after.files.read(personId, "scan"))).toString(), "scan");
  t.equal(await after.findKey("import:1"), "destroyed");
  t.equal(after.requestHash(Buffer.from("{}")), hash);
});

t.test("another master key opens nothing and changes nothing", async (t) => {
  const folder = await temporaryFolder(t);
  await (await open(folder)).close();
  await t.rejects(open(folder, new Uint8Array(32).fill(8)), { name: "VaultNotOpened", reason: "wrong-master-key" });
  await t.rejects(open(folder, new Uint8Array(31)), RangeError);
  await t.resolves(
    open(folder).then((vault) => vault.close()),
    "the right one still does",
  );
});

t.test("a vault of a newer version is not touched", async (t) => {
  const folder = await temporaryFolder(t);
  await (await open(folder)).close();
  const database = new DatabaseSync(join(folder, "vault.sqlite"));
  database.exec("PRAGMA user_version = 1000");
  database.close();
  await t.rejects(open(folder), { name: "VaultNotOpened", reason: "newer-version", message: /data version 1000/ });
});

t.test("what is no vault is not made one", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, "vault.sqlite"), "something else, and long enough to be read as a header".repeat(20));
  await t.rejects(open(folder), { name: "VaultNotOpened", reason: "not-a-vault" });
});

t.test("files without their database are kept until it is restored", async (t) => {
  const folder = await temporaryFolder(t);
  await (await open(folder)).close();
  const elsewhere = await temporaryFolder(t);
  const lost = await open(elsewhere);
  await lost.files.write("import:1", "list", pieces(Buffer.from("list")));
  await lost.close();
  const database = new DatabaseSync(join(elsewhere, "vault.sqlite"));
  database.exec("PRAGMA journal_mode = DELETE");
  database.close();
  await writeFile(join(elsewhere, "vault.sqlite"), "");
  await t.rejects(open(elsewhere), { name: "VaultNotOpened", reason: "damaged" });
  t.equal((await readdir(join(elsewhere, "files"))).length, 1);
});

t.test("a changed key is damaged, not another key", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await open(folder);
  await before.keyOf("import:1");
  await before.keyOf("import:2");
  await before.close();
  const database = new DatabaseSync(join(folder, "vault.sqlite"));
  database.exec("UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE subject = 'import:2')");
  database.close();
  const after = await openIn(t, folder);
  await t.rejects(after.keyOf("import:1"), { name: "KeyDamaged" }, "nor can one stand in another's place");
  await t.resolves(after.keyOf("import:2"));
});

t.test("a second process is told that the vault is in use, until the first one ends", async (t) => {
  const folder = await temporaryFolder(t);
  const holder = startChild(t, "./hold.ts", folder);
  await once(holder.lines, "line");
  await t.rejects(open(folder), { name: "VaultNotOpened", reason: "in-use" });
  await holder.kill();
  const vault = await openIn(t, folder);
  await t.rejects(open(folder), VaultNotOpened, "nor is it opened twice in one process");
  t.ok(await vault.keyOf("import:1"));
});

t.test("a write that fails does not fail those that share its transaction", async (t) => {
  const environment = createTestEnvironment();
  const random = { ...environment.random, uuid: () => "7c1f3c9e-52d4-4d2b-9a1e-6f5b0e8d7a34" };
  const folder = await temporaryFolder(t);
  const vault = await openEmbeddedVault({ folder, masterKey: MASTER_KEY, environment: { ...environment, random } });
  t.teardown(() => vault.close());
  // Chance gives the second person the id of the first.
  const [first, second, key] = await Promise.allSettled([
    vault.findOrCreatePerson(MALIKA_PINFL),
    vault.findOrCreatePerson(OTABEK_PINFL),
    vault.keyOf("import:1"),
  ]);
  t.equal(first.status, "fulfilled");
  t.match(second, { status: "rejected", reason: { name: "VaultUnavailable", reason: "storage" } });
  t.equal(key.status, "fulfilled");
  t.same(await vault.findPersons({ pinfl: OTABEK_PINFL }), [], "nothing of what failed is there");
});

t.test("more writes than the queue holds are sent away, and those in it are done", async (t) => {
  const vault = await openIn(t, await temporaryFolder(t));
  const writes = Array.from({ length: MAX_QUEUED_WRITES + 10 }, () => vault.files.remove("list"));
  const outcomes = await Promise.allSettled(writes);
  t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, MAX_QUEUED_WRITES);
  t.match(outcomes.at(-1), { status: "rejected", reason: { name: "VaultUnavailable", reason: "queue-full" } });
});

interface Acknowledged {
  readonly number: number;
  readonly pinfl: string;
  readonly personId: string;
  readonly key: string;
}

/** Starts a process that registers people, and kills it after so many acknowledgements. */
const registerAndKill = async (
  t: Parameters<typeof startChild>[0],
  folder: string,
  from: number,
  after: number,
): Promise<readonly Acknowledged[]> => {
  const child = startChild(t, "./register-until-killed.ts", folder, String(from));
  const acknowledged: Acknowledged[] = [];
  for await (const line of child.lines) {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === after) await child.kill();
  }
  return acknowledged;
};

t.test("whatever was acknowledged before kill -9 is there", async (t) => {
  const folder = await temporaryFolder(t);
  const acknowledged: Acknowledged[] = [];
  for (const [round, after] of [40, 1, 150, 90].entries()) {
    acknowledged.push(...(await registerAndKill(t, folder, round * 10_000, after)));
    const vault = await open(folder);
    for (const { number, pinfl, personId, key } of acknowledged) {
      t.same(await vault.findOrCreatePerson(pinfl), { personId, created: false });
      t.equal(
        createHash("sha256")
          .update(await vault.keyOf(personId))
          .digest("hex"),
        key,
      );
      t.same(await vault.findPersons({ phone: `+99890${String(number).padStart(7, "0")}` }), [personId]);
      if (!hasScan(number)) continue;
      t.equal((await gather(vault.files.read(personId, `scan-${number}`))).toString(), `scan of ${number}`);
    }
    const files = await readdir(join(folder, "files"));
    t.equal(files.filter((file) => file.endsWith(".partial")).length, 0, "nothing half written is left");
    await vault.close();
  }
  t.ok(acknowledged.length >= 281);
});
