import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import { FileMissing, type EmbeddedVault, type PersonIndexEntries } from "../src/index.ts";
import { migrateVault, type MoveOptions } from "../src/postgres/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";
import { OTABEK, pinflOf } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place } from "./support/postgres.ts";
import { MASTER_KEY, openIn } from "./support/vault.ts";

const PEOPLE = 1_500;
const ERASED = 7;

const entriesOf = (number: number): PersonIndexEntries => ({
  ...OTABEK,
  phone: `+99893${String(number).padStart(7, "0")}`,
  passport: `AB${String(number).padStart(7, "0")}`,
});

interface Populated {
  readonly folder: string;
  readonly persons: readonly string[];
  readonly keys: readonly Uint8Array[];
  readonly hash: string;
  readonly erasures: Awaited<ReturnType<EmbeddedVault["erasureList"]>>;
}

/** An embedded vault with people, corrections, files, and erased ones; closed. */
const populate = async (t: Test): Promise<Populated> => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  const persons = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, number) => {
      const { personId } = await vault.findOrCreatePerson(pinflOf(number));
      await vault.indexPerson(personId, entriesOf(number + 5_000));
      await vault.indexPerson(personId, entriesOf(number));
      if (number % 100 === 0)
        await vault.files.write(personId, `scan-${number}`, pieces(Buffer.from(`scan ${number}`)));
      return personId;
    }),
  );
  await vault.files.write("import:1", "list", pieces(Buffer.alloc(9_000_000, "row;")));
  for (let number = 0; number < ERASED; number++) await vault.destroyKey(persons[number]!);
  await vault.destroyKey("import:2");
  const keys = await Promise.all(persons.slice(ERASED).map((person) => vault.keyOf(person)));
  const populated = {
    folder,
    persons,
    keys,
    hash: vault.requestHash(Buffer.from("{}")),
    erasures: await vault.erasureList(),
  };
  await vault.close();
  return populated;
};

const moveOf = ({ folder }: Pick<Populated, "folder">, place: Place, more: Partial<MoveOptions> = {}): MoveOptions => ({
  from: folder,
  masterKey: MASTER_KEY,
  to: place.url,
  filesUrl: place.filesUrl,
  environment: createTestEnvironment(),
  ...more,
});

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  const servers = await startServers(t);
  const moved = await populate(t);

  const checkMoved = async (t: Test, place: Place): Promise<void> => {
    const vault = await openAt(t, place);
    t.equal(vault.requestHash(Buffer.from("{}")), moved.hash, "with the request key");
    t.same(await vault.erasureList(), moved.erasures);
    for (const [index, personId] of moved.persons.slice(ERASED).entries()) {
      const number = index + ERASED;
      if (number % 97 !== 0) continue;
      t.same(await vault.findOrCreatePerson(pinflOf(number)), { personId, created: false }, "nobody registers again");
      t.same(Buffer.from(await vault.keyOf(personId)), Buffer.from(moved.keys[index]!));
      t.same(await vault.findPersons({ phone: entriesOf(number).phone }), [personId]);
      t.same(await vault.findPersons({ phone: entriesOf(number + 5_000).phone }), [], "nor by what was corrected");
    }
    for (const personId of moved.persons.slice(0, ERASED)) t.equal(await vault.findKey(personId), "destroyed");
    t.same(await vault.findPersons({ pinfl: pinflOf(0) }), []);
    t.equal((await gather(vault.files.read(moved.persons[100]!, "scan-100"))).toString(), "scan 100");
    t.ok((await gather(vault.files.read("import:1", "list"))).equals(Buffer.alloc(9_000_000, "row;")));
  };

  t.test("a vault of one node moves into PostgreSQL and S3 as it is, and is used there", async (t) => {
    const place = await newPlace(servers);
    const progress = new Map<string, number>();
    const report = await migrateVault(
      moveOf(moved, place, { onProgress: ({ part, copied }) => void progress.set(part, copied) }),
    );
    t.same(report.missingFiles, []);
    t.match(report.total, { keys: PEOPLE - ERASED + 1, erasures: ERASED + 1, pinfls: PEOPLE - ERASED, files: 15 });
    t.same(Object.fromEntries(progress), report.total);
    await checkMoved(t, place);
    t.equal((await migrateVault(moveOf(moved, place))).isInUse, true, "and once more, it only compares");
  });

  t.test("a move that was broken off anywhere is no vault yet, and goes on when it is repeated", async (t) => {
    const place = await newPlace(servers);
    const sent: string[] = [];
    servers.s3.onRequest = ({ operation, key }) => {
      if (operation === "PutObject" || operation === "CompleteMultipartUpload") sent.push(key);
    };
    t.teardown(async () => void (servers.s3.onRequest = undefined));
    for (const stopAt of ["keys", "pinfls", "tags", "files", "files"]) {
      const controller = new AbortController();
      const onProgress: MoveOptions["onProgress"] = ({ part }) => {
        if (part === stopAt) controller.abort(new Error("the operator pressed Ctrl-C"));
      };
      const moving = migrateVault(moveOf(moved, place, { onProgress, signal: controller.signal }));
      await t.rejects(moving, { message: "the operator pressed Ctrl-C" });
      await t.rejects(openAt(t, place), { name: "VaultNotOpened", reason: "half-moved" });
    }
    await migrateVault(moveOf(moved, place));
    t.equal(sent.length, new Set(sent).size, "no file was sent twice");
    await checkMoved(t, place);
  });

  t.test("a target that holds something else is refused and left as it is", async (t) => {
    const other = await newPlace(servers);
    const vault = await openAt(t, other);
    const key = await vault.keyOf("import:9");
    await t.rejects(migrateVault(moveOf(moved, other)), { name: "VaultNotOpened", reason: "not-a-vault" });
    t.same(await vault.keyOf("import:9"), key);

    const tables = await newPlace(servers);
    servers.postgres.query("CREATE TABLE letters (text text)", new URL(tables.url).pathname.slice(1));
    await t.rejects(migrateVault(moveOf(moved, tables)), { name: "VaultNotOpened", reason: "not-a-vault" });

    const place = await newPlace(servers);
    await t.rejects(migrateVault(moveOf(moved, { ...place, filesUrl: other.filesUrl })), {
      name: "VaultNotOpened",
      message: /files at FILES_URL already/,
    });
    await migrateVault(moveOf(moved, place));
    t.pass("and nothing was made that would stand in the way later");
  });

  t.test("a source that is no vault, is in use or has another master key is refused", async (t) => {
    const place = await newPlace(servers);
    const nothing = moveOf({ folder: join(await temporaryFolder(t), "nothing") }, place);
    await t.rejects(migrateVault(nothing), { name: "VaultNotOpened", reason: "not-a-vault" });
    const wrong = moveOf(moved, place, { masterKey: new Uint8Array(32).fill(8) });
    await t.rejects(migrateVault(wrong), { name: "VaultNotOpened", reason: "wrong-master-key" });
    const folder = await temporaryFolder(t);
    await openIn(t, folder);
    await t.rejects(migrateVault(moveOf({ folder }, place)), { name: "VaultNotOpened", reason: "in-use" });
  });

  t.test("rows that do not arrive as they were stop the move, and files that were lost before are told", async (t) => {
    const folder = await temporaryFolder(t);
    const vault = await openIn(t, folder);
    for (const name of ["list", "list-2"]) await vault.files.write("import:1", name, pieces(Buffer.from(name)));
    await vault.findOrCreatePerson(pinflOf(1));
    await vault.close();
    const place = await newPlace(servers);
    const database = new URL(place.url).pathname.slice(1);
    const change: MoveOptions["onProgress"] = ({ part }) => {
      if (part === "files") servers.postgres.query("UPDATE safar_vault.pinfls SET tag = tag || 'x'::bytea", database);
    };
    await t.rejects(migrateVault(moveOf({ folder }, place, { onProgress: change })), /pinfls differ/);
    await t.rejects(openAt(t, place), { name: "VaultNotOpened", reason: "half-moved" });

    const [file] = await readdir(join(folder, "files"));
    await rm(join(folder, "files", file!));
    await writeFile(join(folder, "files", "0f.partial"), "half");
    const second = await newPlace(servers);
    const { missingFiles } = await migrateVault(moveOf({ folder }, second));
    t.equal(missingFiles.length, 1);
    const after = await openAt(t, second);
    await t.rejects(gather(after.files.read("import:1", missingFiles[0]!)), FileMissing);
    const [there] = ["list", "list-2"].filter((name) => name !== missingFiles[0]);
    t.equal((await gather(after.files.read("import:1", there!))).toString(), there);
  });
}
