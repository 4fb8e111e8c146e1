import { randomBytes } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { loadOrCreateMasterKey, MasterKeyMalformed } from "../src/index.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";

const load = (file: string) => loadOrCreateMasterKey(file, createTestEnvironment());

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
