import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { FileMissing } from "../src/index.ts";
import { removeUnnamedFiles } from "../src/postgres/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { temporaryFolder } from "./support/folder.ts";
import { MALIKA, MALIKA_PINFL, OTABEK, OTABEK_PINFL, pinflOf } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place, type Servers } from "./support/postgres.ts";
import { MASTER_KEY } from "./support/vault.ts";

const prefixOf = ({ filesUrl }: Place): string => new URL(filesUrl).pathname.split("/").slice(2).join("/");

/** As docs/operating/cluster-vault.md says: the database first, then the bucket. */
const backUp = async (
  { postgres, s3 }: Servers,
  place: Place,
  file: string,
): Promise<ReadonlyMap<string, Uint8Array>> => {
  execFileSync(join(postgres.programs, "pg_dump"), [
    "--format=custom",
    "--schema=safar_vault",
    `--file=${file}`,
    place.url,
  ]);
  const prefix = `${prefixOf(place)}/`;
  const copies = new Map<string, Uint8Array>();
  for (const key of (await s3.bucket.keys()).filter((name) => name.startsWith(prefix))) {
    copies.set(key.slice(prefix.length), await s3.bucket.read(key, 0, 1_000_000));
  }
  return copies;
};

const restore = async (servers: Servers, file: string, copies: ReadonlyMap<string, Uint8Array>): Promise<Place> => {
  const place = await newPlace(servers);
  const program = join(servers.postgres.programs, "pg_restore");
  execFileSync(program, ["--exit-on-error", "--single-transaction", "--no-owner", `--dbname=${place.url}`, file]);
  for (const [name, bytes] of copies) await servers.s3.bucket.put(`${prefixOf(place)}/${name}`, bytes);
  return place;
};

const tests = (servers: Servers): void => {
  t.test("a restored backup is the vault of then, and leaves the erased erased", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const [malika, otabek] = [
      (await vault.findOrCreatePerson(MALIKA_PINFL)).personId,
      (await vault.findOrCreatePerson(OTABEK_PINFL)).personId,
    ];
    await vault.indexPerson(malika, MALIKA);
    await vault.indexPerson(otabek, OTABEK);
    for (const person of [malika, otabek])
      await vault.files.write(person, `scan-${person}`, pieces(Buffer.from("scan")));
    const dump = join(await temporaryFolder(t), "vault.dump");
    const copies = await backUp(servers, place, dump);
    const bytes = await readFile(dump);
    t.notOk(bytes.includes(Buffer.from(MASTER_KEY)), "the master key is not in it");

    await vault.destroyKey(malika);
    const { personId: later } = await vault.findOrCreatePerson(pinflOf(1));
    await vault.files.write(later, "later", pieces(Buffer.from("later")));
    const erasures = await vault.erasureList();

    const again = await restore(servers, dump, copies);
    const restored = await openAt(t, again);
    t.same(await restored.findPersons({ name: "Malika" }), [malika], "the backup still has her");
    await restored.applyErasures(erasures);
    t.equal(await restored.findKey(malika), "destroyed");
    t.same(await restored.findPersons({ name: "Malika" }), []);
    t.equal(await restored.files.has(`scan-${malika}`), false);
    t.same(await restored.erasureList(), erasures);
    t.same(await restored.findOrCreatePerson(OTABEK_PINFL), { personId: otabek, created: false });
    t.same(await restored.keyOf(otabek), await vault.keyOf(otabek));
    t.equal((await gather(restored.files.read(otabek, `scan-${otabek}`))).toString(), "scan");
    t.equal(restored.requestHash(Buffer.from("{}")), vault.requestHash(Buffer.from("{}")));
    const objects = (await servers.s3.bucket.keys()).filter((key) => key.startsWith(`${prefixOf(again)}/`));
    t.equal(objects.length, 2, "one file, and the mark");
  });

  t.test(
    "a database that is older than its bucket misses what was removed, and clears what it does not know",
    async (t) => {
      const place = await newPlace(servers);
      const vault = await openAt(t, place);
      for (const name of ["kept", "removed"]) await vault.files.write("import:1", name, pieces(Buffer.from(name)));
      const dump = join(await temporaryFolder(t), "vault.dump");
      await backUp(servers, place, dump);
      await vault.files.remove("removed");
      await vault.files.write("import:1", "later", pieces(Buffer.from("later")));
      await vault.close();

      const { url } = await restore(servers, dump, new Map());
      const older = { url, filesUrl: place.filesUrl };
      t.equal(await removeUnnamedFiles(older), 1);
      t.equal(await removeUnnamedFiles(older), 0);
      const restored = await openAt(t, older);
      t.equal((await gather(restored.files.read("import:1", "kept"))).toString(), "kept");
      await t.rejects(gather(restored.files.read("import:1", "removed")), FileMissing);
      t.equal(await restored.files.has("later"), false);
    },
  );
};

if (skip !== false) t.test("PostgreSQL", { skip }, () => undefined);
else tests(await startServers(t));
