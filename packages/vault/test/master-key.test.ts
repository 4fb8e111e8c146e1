import { randomBytes } from "node:crypto";
import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { embeddedVaultExists, loadOrCreateMasterKey, MasterKeyMalformed, openEmbeddedVault } from "../src/index.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";

const load = (file: string, vaultExists = () => Promise.resolve(false)) =>
  loadOrCreateMasterKey(file, createTestEnvironment(), vaultExists);

t.test("a master key is made once, private to its owner, and loaded ever after", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "new", "master.key");
  const made = await load(file);
  t.equal(made.created, true);
  t.equal(made.key.length, 32);
  t.equal((await stat(file)).mode & 0o777, 0o600);
  t.equal((await readFile(file, "utf8")).trim(), Buffer.from(made.key).toString("base64"));
  t.same(await load(file), { key: made.key, created: false });
  t.same(await readdir(join(folder, "new")), ["master.key"], "nothing else is left");
});

t.test("of processes that start together one makes the key and all get it", async (t) => {
  const file = join(await temporaryFolder(t), "master.key");
  const loaded = await Promise.all(Array.from({ length: 8 }, () => load(file)));
  t.equal(loaded.filter(({ created }) => created).length, 1);
  for (const { key } of loaded) t.same(Buffer.from(key), Buffer.from(loaded[0]!.key));
});

t.test("a file that holds no master key is named and left alone", async (t) => {
  const file = join(await temporaryFolder(t), "master.key");
  const short = randomBytes(31).toString("base64");
  for (const text of [
    "",
    "\n",
    "secret",
    short,
    randomBytes(33).toString("base64"),
    `${randomBytes(32).toString("base64")}x`,
  ]) {
    await writeFile(file, text);
    await t.rejects(load(file), MasterKeyMalformed);
    await t.rejects(load(file), { message: new RegExp(file) });
    t.equal(await readFile(file, "utf8"), text);
  }
});

t.test("a key written by an operator's tools is taken with any end of line", async (t) => {
  const file = join(await temporaryFolder(t), "master.key");
  const key = randomBytes(32);
  for (const end of ["", "\n", "\r\n"]) {
    await writeFile(file, key.toString("base64") + end);
    t.same(Buffer.from((await load(file)).key), key);
  }
});

t.test("where a vault exists no key is made, nor a folder for one", async (t) => {
  const root = await temporaryFolder(t);
  const [folder, file] = [join(root, "vault"), join(root, "disk", "master.key")];
  const environment = createTestEnvironment();
  const vaultExists = () => Promise.resolve(embeddedVaultExists(folder));
  const { key } = await load(file, vaultExists);
  await (await openEmbeddedVault({ folder, masterKey: key, environment })).close();
  await rename(join(root, "disk"), join(root, "elsewhere"));
  await t.rejects(load(file, vaultExists), { name: "MasterKeyMissing", message: /No new key was made/ });
  await t.rejects(load(file, vaultExists), { message: new RegExp(file) });
  t.same((await readdir(root)).sort(), ["elsewhere", "vault"]);
  await rename(join(root, "elsewhere"), join(root, "disk"));
  t.same(Buffer.from((await load(file, vaultExists)).key), Buffer.from(key), "and the right one is taken again");
});

t.test("a key that another process made with its vault since the first look is taken", async (t) => {
  const file = join(await temporaryFolder(t), "master.key");
  const key = randomBytes(32);
  const madeMeanwhile = async (): Promise<boolean> => {
    await writeFile(file, key.toString("base64"));
    return true;
  };
  t.same(Buffer.from((await load(file, madeMeanwhile)).key), key);
});
