import { randomUUID } from "node:crypto";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { checkVaultBackup, FileMissing, type EmbeddedVault } from "../src/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { filesHolding, temporaryFolder } from "./support/folder.ts";
import { MALIKA, MALIKA_PINFL, pinflOf } from "./support/people.ts";
import { MASTER_KEY, openIn } from "./support/vault.ts";

const populated = async (t: Parameters<typeof openIn>[0], people: number): Promise<EmbeddedVault> => {
  const vault = await openIn(t, await temporaryFolder(t));
  await Promise.all(
    Array.from({ length: people }, async (_, number) => {
      const { personId } = await vault.findOrCreatePerson(pinflOf(number));
      await vault.files.write(personId, `scan-${number}`, pieces(Buffer.from(`scan of ${number}`)));
    }),
  );
  return vault;
};

t.test("a backup made while the vault is written is whole, and opens with the master key", async (t) => {
  const vault = await populated(t, 30);
  const copy = join(await temporaryFolder(t), "vault");
  const progress = { backedUp: false };
  const backingUp = vault.backupTo(copy).then(() => (progress.backedUp = true));
  let meanwhile = 0;
  for (; !progress.backedUp; meanwhile++) {
    await vault.findOrCreatePerson(pinflOf(1_000 + meanwhile));
    await vault.files.write("import:1", "list", pieces(Buffer.from(`list ${meanwhile}`)));
    await vault.files.remove(`scan-${meanwhile}`);
  }
  await backingUp;
  t.ok(meanwhile > 0, "it was written meanwhile");
  t.same(await checkVaultBackup(copy, MASTER_KEY), []);
  t.same(await filesHolding(copy, Buffer.from(MASTER_KEY), Buffer.from(MASTER_KEY).toString("base64")), []);

  const restored = await openIn(t, copy);
  for (let number = 0; number < 30; number++) {
    const { personId, created } = await restored.findOrCreatePerson(pinflOf(number));
    t.equal(created, false);
    t.same(await restored.keyOf(personId), await vault.keyOf(personId));
    // Removed while the backup ran: before its moment, or after it.
    if (!(await restored.files.has(`scan-${number}`))) continue;
    t.equal((await gather(restored.files.read(personId, `scan-${number}`))).toString(), `scan of ${number}`);
  }
});

t.test("who is erased while a backup runs is not in it", async (t) => {
  const vault = await populated(t, 150);
  const copy = await temporaryFolder(t);
  const progress = { backedUp: false };
  const backingUp = vault.backupTo(copy).then(() => (progress.backedUp = true));
  const copied = async (): Promise<number> => (await readdir(copy, { recursive: true })).length;
  while ((await copied()) < 4) t.notOk(progress.backedUp);
  // Files are copied in the order of their names: one of these is there by now, the other not yet.
  const erased = await Promise.all(["scan-0", "scan-99"].map((name) => erase(vault, name)));
  t.notOk(progress.backedUp, "the database had been copied, the files not all");
  await backingUp;

  t.same(await checkVaultBackup(copy, MASTER_KEY), []);
  t.equal((await readdir(join(copy, "files"))).length, 148);
  const restored = await openIn(t, copy);
  t.same((await restored.erasureList()).map(({ subject }) => subject).toSorted(), erased.toSorted());
  for (const subject of erased) t.equal(await restored.findKey(subject), "destroyed");
});

/** Erases the person whose scan it is. */
const erase = async (vault: EmbeddedVault, scan: string): Promise<string> => {
  const { personId } = await vault.findOrCreatePerson(pinflOf(Number(scan.slice("scan-".length))));
  await vault.destroyKey(personId);
  return personId;
};

t.test("a restored backup destroys again what was erased after it", async (t) => {
  const vault = await openIn(t, await temporaryFolder(t));
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  await vault.indexPerson(personId, MALIKA);
  await vault.files.write(personId, "scan", pieces(Buffer.from("scan")));
  const copy = await temporaryFolder(t);
  await vault.backupTo(copy);
  await vault.destroyKey(personId);

  const restored = await openIn(t, copy);
  t.same(await restored.findPersons({ name: "Malika" }), [personId]);
  await restored.applyErasures(await vault.erasureList());
  t.equal(await restored.findKey(personId), "destroyed");
  t.same(await restored.findPersons({ name: "Malika" }), []);
  t.same(await readdir(join(copy, "files")), []);
  t.same(await restored.erasureList(), await vault.erasureList());
});

t.test("removed files leave the disk once the backup that held them is done", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  for (let number = 0; number < 10; number++) await vault.files.write("import:1", `list-${number}`, pieces());
  const backingUp = vault.backupTo(await temporaryFolder(t));
  for (let number = 0; number < 10; number++) await vault.files.remove(`list-${number}`);
  await backingUp;
  t.same(await readdir(join(folder, "files")), []);
});

t.test("a backup goes into a new or empty folder only", async (t) => {
  const vault = await populated(t, 1);
  const taken = await temporaryFolder(t);
  await writeFile(join(taken, "letter.txt"), "mine");
  await t.rejects(vault.backupTo(taken), RangeError);
  t.same(await readdir(taken), ["letter.txt"]);
  const copy = await temporaryFolder(t);
  await vault.backupTo(copy);
  await t.rejects(vault.backupTo(copy), RangeError, "an older backup is not written over");
});

t.test("a check finds what is wrong with a backup, and leaves it as it was", async (t) => {
  const vault = await populated(t, 3);
  const copy = await temporaryFolder(t);
  await vault.backupTo(copy);
  const damaged = async (change: (folder: string) => Promise<void>): Promise<readonly string[]> => {
    const folder = await temporaryFolder(t);
    await cp(copy, folder, { recursive: true });
    await change(folder);
    const before = await readdir(folder, { recursive: true });
    const problems = await checkVaultBackup(folder, MASTER_KEY);
    t.same(await readdir(folder, { recursive: true }), before);
    return problems;
  };
  const [file] = await readdir(join(copy, "files"));
  const changeByte = async (path: string, at: number): Promise<void> => {
    const bytes = await readFile(path);
    bytes[at]! ^= 1;
    await writeFile(path, bytes);
  };
  t.same(await damaged(async () => undefined), []);
  t.match(await damaged((folder) => changeByte(join(folder, "files", file!), 40)), [/^chunk 0 of scan-\d is damaged$/]);
  t.match(await damaged((folder) => writeFile(join(folder, "vault.sqlite"), "")), [/is empty/]);
  t.match(await damaged((folder) => writeFile(join(folder, "vault.sqlite"), "x".repeat(5_000))), [
    /no SQLite database/,
  ]);
  t.match(await checkVaultBackup(copy, new Uint8Array(32)), ["this master key is not the one the vault was made with"]);
  t.match(await checkVaultBackup(join(copy, randomUUID()), MASTER_KEY), [/unable to open/]);
});

t.test("a file that the disk had lost before the backup is told by the check", async (t) => {
  const vault = await populated(t, 2);
  const copy = await temporaryFolder(t);
  await vault.backupTo(copy);
  const restored = await openIn(t, copy);
  const { personId } = await restored.findOrCreatePerson(pinflOf(0));
  await restored.close();
  const folder = await temporaryFolder(t);
  await cp(join(copy, "vault.sqlite"), join(folder, "vault.sqlite"));
  t.match(await checkVaultBackup(folder, MASTER_KEY), [
    /^the file scan-\d is missing$/,
    /^the file scan-\d is missing$/,
  ]);
  const poorer = await openIn(t, folder);
  await t.rejects(gather(poorer.files.read(personId, "scan-0")), FileMissing);
});
