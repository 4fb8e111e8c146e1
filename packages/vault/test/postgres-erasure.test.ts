import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import t from "tap";
import { createSealer, KEY_CACHE_MILLISECONDS, KeyDestroyed } from "../src/index.ts";
import { pieces } from "./support/bytes.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { filesHolding } from "./support/folder.ts";
import { MALIKA, MALIKA_PINFL, OTABEK, pinflOf } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place, type Servers } from "./support/postgres.ts";

const tests = (servers: Servers): void => {
  const { postgres, s3 } = servers;
  const ask = (place: Place, sql: string): string => postgres.query(sql, new URL(place.url).pathname.slice(1));

  t.test("what one process erased, another's sealer uses for a minute at most", async (t) => {
    const place = await newPlace(servers);
    const environment = createTestEnvironment();
    const [here, there] = [await openAt(t, place, { environment }), await openAt(t, place)];
    const sealer = createSealer(here, environment);
    const { personId } = await here.findOrCreatePerson(MALIKA_PINFL);
    const sealed = await sealer.seal(personId, "Malika");
    await there.destroyKey(personId);
    environment.pass(KEY_CACHE_MILLISECONDS - 1);
    t.same(await sealer.open(sealed), { value: "Malika" });
    environment.pass(1);
    t.equal(await sealer.open(sealed), "erased");
    await t.rejects(sealer.seal(personId, "Malika"), KeyDestroyed);
  });

  t.test("an erasure that races with every write of its subject leaves nothing of any", async (t) => {
    const place = await newPlace(servers);
    const [first, second] = [await openAt(t, place), await openAt(t, place)];
    let refused = 0;
    for (let round = 0; round < 15; round++) {
      const { personId } = await first.findOrCreatePerson(pinflOf(round));
      const writes = [first, second].flatMap((vault, number) => [
        vault.indexPerson(personId, MALIKA),
        vault.files.write(personId, `scan-${round}-${number}`, pieces(Buffer.from("scan"))),
        vault.keyOf(personId),
        vault.indexPerson(personId, OTABEK),
      ]);
      const erasing = new Promise((resolve) => setTimeout(resolve, round)).then(() => second.destroyKey(personId));
      for (const outcome of await Promise.allSettled(writes)) {
        if (outcome.status === "fulfilled") continue;
        t.ok(outcome.reason instanceof KeyDestroyed);
        refused++;
      }
      await erasing;
      t.equal(await first.findKey(personId), "destroyed");
    }
    t.comment(`${refused} writes were refused`);
    t.same(await first.findPersons({ name: "Oktam" }), []);
    for (const table of ["person_tags", "pinfls", "files", "loose_objects"]) {
      t.equal(ask(place, `SELECT count(*) FROM safar_vault.${table}`), "0", table);
    }
    const objects = (await s3.bucket.keys()).filter((key) =>
      key.startsWith(new URL(place.filesUrl).pathname.slice(13)),
    );
    t.match(objects, [/vault-mark$/], "nor in the file store");
  });

  t.test("racing erasures of one subject are one, with the time of the first", async (t) => {
    const place = await newPlace(servers);
    const vaults = await Promise.all(Array.from({ length: 3 }, () => openAt(t, place)));
    await Promise.all(vaults.map((vault, index) => vault.applyErasures([{ subject: "import:1", destroyedAt: index }])));
    const [erasure, ...others] = await vaults[0]!.erasureList();
    t.equal(others.length, 0);
    await vaults[1]!.applyErasures([{ subject: "import:1", destroyedAt: 99 }]);
    t.same(await vaults[2]!.erasureList(), [erasure]);
  });

  t.test("the dead rows of an erasure are cleaned away at once, or as soon as nobody needs them", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    ask(place, "CREATE EXTENSION pageinspect");
    const inPages = (table: string): string =>
      ask(
        place,
        `SELECT count(*) FROM generate_series(0, pg_relation_size('safar_vault.${table}') / 8192 - 1) AS page,
          heap_page_items(get_raw_page('safar_vault.${table}', page::integer)) WHERE t_data IS NOT NULL`,
      );
    const [malika, otabek] = [await vault.findOrCreatePerson(pinflOf(1)), await vault.findOrCreatePerson(pinflOf(2))];
    await vault.indexPerson(malika.personId, MALIKA);
    await vault.files.write(malika.personId, "scan", pieces(Buffer.from("scan")));
    await vault.destroyKey(malika.personId);
    const tables = ["subject_keys", "pinfls", "person_tags", "files"];
    t.same(tables.map(inPages), ["2", "1", "0", "0"], "no row more than are alive");

    const auditor = new Client({ connectionString: place.url });
    await auditor.connect();
    t.teardown(() => auditor.end());
    await auditor.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await auditor.query("SELECT count(*) FROM safar_vault.pinfls");
    await vault.destroyKey(otabek.personId);
    t.equal(await vault.findKey(otabek.personId), "destroyed");
    t.equal(inPages("pinfls"), "1", "the auditor still sees it");
    await auditor.query("ROLLBACK");
    await vault.destroyKey(otabek.personId);
    t.equal(inPages("pinfls"), "0", "repeated, the erasure cleans again");
  });

  t.test("of one erased person among many nothing stays in an index either", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    ask(place, "CREATE EXTENSION pageinspect");
    // So many that PostgreSQL by itself would leave the index entries of a single dead row for a later time.
    const others = "SELECT sha256(number::text::bytea), gen_random_uuid() FROM generate_series(1, 20000) AS number";
    ask(place, `INSERT INTO safar_vault.pinfls (tag, person) ${others}`);
    const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
    const tag = ask(place, `SELECT encode(tag, 'hex') FROM safar_vault.pinfls WHERE person = '${personId}'`);
    /** Entries in the leaves; the first item of all but the last is only where the next one begins. */
    const entries = (index: string, key: string): string =>
      ask(
        place,
        `SELECT count(*) FROM generate_series(1, pg_relation_size('safar_vault.${index}') / 8192 - 1) AS page,
          bt_page_stats('safar_vault.${index}', page::integer) AS leaf,
          bt_page_items('safar_vault.${index}', page::integer) AS item
          WHERE leaf.type = 'l' AND (item.itemoffset > 1 OR leaf.btpo_next = 0)
          AND replace(item.data, ' ', '') LIKE '%${key}%'`,
      );
    const inIndexes = () => [entries("pinfls_pkey", tag), entries("pinfls_by_person", personId.replaceAll("-", ""))];
    t.same(inIndexes(), ["1", "1"]);
    await vault.destroyKey(personId);
    t.same(inIndexes(), ["0", "0"]);
  });

  t.test("of what was erased nothing stands in a table's file once the tables were rewritten", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const persons: string[] = [];
    for (let number = 0; number < 120; number++) {
      const { personId } = await vault.findOrCreatePerson(pinflOf(number));
      await vault.indexPerson(personId, { ...OTABEK, phone: `+99893${String(number).padStart(7, "0")}` });
      persons.push(personId);
    }
    const erased = persons.slice(90, 100);
    const subjects = erased.map((subject) => `'${subject}'`).join(",");
    const rows = ask(
      place,
      `SELECT encode(wrapped, 'hex') FROM safar_vault.subject_keys WHERE subject IN (${subjects})
        UNION ALL SELECT encode(tag, 'hex') FROM safar_vault.pinfls WHERE person IN (${subjects})`,
    );
    const traces = rows.split("\n").map((row) => Buffer.from(row, "hex"));
    t.equal(traces.length, 20);
    const tables = join(postgres.folder, "base");
    ask(place, "CHECKPOINT");
    t.not((await filesHolding(tables, ...traces)).length, 0, "they were there");
    for (const person of erased) await vault.destroyKey(person);
    ask(place, "VACUUM FULL safar_vault.subject_keys, safar_vault.pinfls, safar_vault.person_tags");
    ask(place, "CHECKPOINT");
    t.same(await filesHolding(tables, ...traces), []);
    t.equal((await vault.findPersons({ name: "Otabek" }, { limit: 1_000 })).length, 110, "the others are there");
  });

  t.test("no personal value stands in clear in the database, its log of writes or the file store", async (t) => {
    const vault = await openAt(t, await newPlace(servers));
    const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
    await vault.indexPerson(personId, MALIKA);
    await vault.findPersons({ name: "Ofurova" });
    await vault.files.write(personId, "scan", pieces(Buffer.from(JSON.stringify(MALIKA))));
    postgres.query("CHECKPOINT");
    const values = [
      MALIKA_PINFL,
      "AA1234567",
      "AA 1234567",
      "998901234567",
      "901234567",
      "ofurova",
      "Malika",
      "malika",
    ];
    const clear = values.flatMap((value) => [value, Buffer.from(value).toString("hex")]);
    t.same(await filesHolding(postgres.folder, ...clear), []);
    t.ok((await readdir(join(postgres.folder, "pg_wal"))).length > 0, "the log of writes was looked at too");
    for (const key of await s3.bucket.keys()) {
      const stored = Buffer.from(await s3.bucket.read(key, 0, 1_000_000));
      t.notOk(values.some((value) => stored.includes(value)));
    }
    t.ok((await readFile(join(postgres.folder, "PG_VERSION"), "utf8")).length > 0);
  });
};

if (skip !== false) t.test("PostgreSQL", { skip }, () => undefined);
else tests(await startServers(t));
