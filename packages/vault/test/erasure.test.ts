import { createHash, randomInt } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import t from "tap";
import type { EmbeddedVault } from "../src/index.ts";
import { pieces } from "./support/bytes.ts";
import { everyByte, filesHolding, temporaryFolder } from "./support/folder.ts";
import { MALIKA, MALIKA_PINFL, OTABEK, OTABEK_PINFL, pinflOf } from "./support/people.ts";
import { openIn } from "./support/vault.ts";

const databaseIn = (folder: string): DatabaseSync => new DatabaseSync(join(folder, "vault.sqlite"));

/** Whatever the database holds of a person: the wrapped key, and each tag that nobody else bears. */
const traces = (folder: string, personId: string): readonly Buffer[] => {
  const database = databaseIn(folder);
  const person = Buffer.from(personId.replaceAll("-", ""), "hex");
  const rows = [
    ...database.prepare("SELECT wrapped AS trace FROM subject_keys WHERE subject = ?").all(personId),
    ...database.prepare("SELECT tag AS trace FROM pinfls WHERE person = ?").all(person),
    ...database.prepare("SELECT tag AS trace FROM former_tags WHERE person = ?").all(person),
    ...database
      .prepare(
        `SELECT tag AS trace FROM person_tags WHERE person = ?
         AND (SELECT count(*) FROM person_tags AS other WHERE other.tag = person_tags.tag) = 1`,
      )
      .all(person),
  ];
  database.close();
  return rows.map(({ trace }) => Buffer.from(trace as Uint8Array));
};

/** Leaves bytes in a free page, as SQLite may when it splits one. */
const leaveBehind = (folder: string, bytes: Uint8Array): void => {
  const database = databaseIn(folder);
  database.exec("PRAGMA secure_delete = OFF; CREATE TABLE scratch (value BLOB)");
  database.prepare("INSERT INTO scratch VALUES (?)").run(Buffer.concat([Buffer.alloc(200, 1), bytes]));
  database.exec("DROP TABLE scratch");
  database.close();
};

/** Registers people with names, phones and passports of their own, and corrects some of them. */
const populate = async (vault: EmbeddedVault, from: number, to: number): Promise<readonly string[]> =>
  Promise.all(
    Array.from({ length: to - from }, async (_, index) => {
      const number = String(from + index).padStart(7, "0");
      const { personId } = await vault.findOrCreatePerson(pinflOf(from + index));
      const person = { ...OTABEK, surname: `Toshmatov${number}`, passport: `AB${number}`, phone: `+99893${number}` };
      await vault.indexPerson(personId, person);
      if (index % 3 === 0) await vault.indexPerson(personId, { ...person, phone: `+99894${number}` });
      return personId;
    }),
  );

t.test("of an erased person no byte is left in any file, the log of writes included", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  const persons = [...(await populate(vault, 0, 1_200))];
  const erased: Buffer[] = [];
  for (let round = 0; round < 12; round++) {
    const [person] = persons.splice(randomInt(persons.length), 1);
    const traced = traces(folder, person!);
    t.ok(traced.length >= 5, "key, PINFL, passport, phone, and name with birth date");
    t.not((await filesHolding(folder, ...traced)).length, 0);
    erased.push(...traced);
    await vault.destroyKey(person!);
    t.same(await filesHolding(folder, ...erased), []);
    persons.push(...(await populate(vault, 2_000 + round * 40, 2_040 + round * 40)));
  }
  t.equal((await vault.findPersons({ name: "Otabek" }, { limit: 1_000 })).length, 1_000, "the others are there");
});

t.test("of many that are erased at once no byte is left either", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  const persons = await populate(before, 0, 200);
  await before.close();
  const traced = persons.slice(50).flatMap((person) => traces(folder, person));
  leaveBehind(folder, traced.at(-1)!);
  const vault = await openIn(t, folder);
  await vault.applyErasures(persons.slice(50).map((subject) => ({ subject, destroyedAt: 1 })));
  t.same(await filesHolding(folder, ...traced), []);
  t.same(await vault.findPersons({ name: "Otabek" }), persons.slice(0, 50).toSorted());
});

t.test("what SQLite left behind in a free corner is found and written over", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  const { personId } = await before.findOrCreatePerson(MALIKA_PINFL);
  await before.indexPerson(personId, MALIKA);
  await before.close();
  const traced = traces(folder, personId);
  // Cut, as a remnant is that other bytes were written over.
  leaveBehind(folder, traced.at(-1)!.subarray(7));

  const vault = await openIn(t, folder);
  t.same(await filesHolding(folder, traced.at(-1)!.subarray(7)), [join(folder, "vault.sqlite")]);
  await vault.destroyKey(personId);
  t.same(await filesHolding(folder, ...traced, traced.at(-1)!.subarray(7)), []);
});

t.test("an erasure that a crash cut short is finished at the next start", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  const { personId } = await before.findOrCreatePerson(MALIKA_PINFL);
  const traced = traces(folder, personId);
  await before.destroyKey(personId);
  await before.close();
  leaveBehind(folder, traced[0]!);
  const database = databaseIn(folder);
  database.exec("UPDATE erasures SET settled = 0");
  database.close();

  await openIn(t, folder);
  t.same(await filesHolding(folder, ...traced), []);
});

t.test("while another program reads the database an erasure is not called done; repeated, it is", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  const traced = traces(folder, personId);
  const auditor = databaseIn(folder);
  auditor.exec("BEGIN");
  auditor.prepare("SELECT * FROM pinfls").all();
  await t.rejects(vault.destroyKey(personId), { name: "VaultUnavailable", reason: "storage" });
  t.equal(await vault.findKey(personId), "destroyed", "nobody gets the key any more");
  auditor.close();
  await vault.destroyKey(personId);
  t.same(await filesHolding(folder, ...traced), []);
});

t.test("an erased subject's files leave the disk", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  await vault.files.write("import:1", "list", pieces(Buffer.from("list")));
  await vault.files.write("import:2", "list-2", pieces(Buffer.from("list")));
  await vault.destroyKey("import:1");
  t.equal((await readdir(join(folder, "files"))).length, 1);
});

t.test("no personal value stands in any file, in clear or hashed without a key", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  await vault.indexPerson(personId, MALIKA);
  await vault.findPersons({ pinfl: OTABEK_PINFL });
  await vault.files.write(personId, "scan", pieces(Buffer.from(JSON.stringify(MALIKA))));
  const values = [
    MALIKA_PINFL,
    ...["AA 1234567", "AA1234567", "+998901234567", "998901234567", "901234567", "1990-04-15"],
    ...["ofurova", "Malika", "malika", "MALIKA", "ktam", "qizi"],
  ];
  const hashes = values.flatMap((value) =>
    ["md5", "sha1", "sha256", "sha512"].flatMap((algorithm) => {
      const digest = createHash(algorithm).update(value).digest();
      return [digest.subarray(0, 16), digest.toString("hex").slice(0, 32), digest.toString("base64").slice(0, 20)];
    }),
  );
  const running = [...(await everyByte(folder)).keys()];
  t.ok(running.includes(join(folder, "vault.sqlite-wal")), "the log of writes is looked at too");
  t.same(await filesHolding(folder, ...values, ...hashes), []);
  await vault.close();
  t.same(await filesHolding(folder, ...values, ...hashes), []);
});
