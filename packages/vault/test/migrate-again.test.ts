import t, { type Test } from "tap";
import type { EmbeddedVault, Vault } from "../src/index.ts";
import { migrateVault, openVaultMove, type MoveOptions } from "../src/postgres/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";
import { OTABEK, pinflOf } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place } from "./support/postgres.ts";
import { MASTER_KEY, openIn } from "./support/vault.ts";

/** More than one page of rows. */
const PEOPLE = 1_100;

const phoneOf = (number: number): string => `+99893${String(number).padStart(7, "0")}`;

const register = async (vault: Vault, number: number): Promise<string> => {
  const { personId } = await vault.findOrCreatePerson(pinflOf(number));
  await vault.indexPerson(personId, { ...OTABEK, phone: phoneOf(number) });
  return personId;
};

const write = (vault: Vault, subject: string, name: string, text: string) =>
  vault.files.write(subject, name, pieces(Buffer.from(text)));

const textOf = async (vault: Vault, subject: string, name: string): Promise<string> =>
  (await gather(vault.files.read(subject, name))).toString();

/** A node's vault: `run` is what the node does from one start to the next stop. */
const nodeIn = (t: Test, folder: string) => async (run: (vault: EmbeddedVault) => Promise<void>) => {
  const vault = await openIn(t, folder);
  await run(vault);
  await vault.close();
};

const newNode = async (t: Test, people: number) => {
  const folder = await temporaryFolder(t);
  const run = nodeIn(t, folder);
  const persons: string[] = [];
  await run(async (vault) => {
    persons.push(...(await Promise.all(Array.from({ length: people }, (_, number) => register(vault, number)))));
    for (const number of [0, 1, 2]) await write(vault, persons[number]!, `scan-${number}`, `scan ${number}`);
  });
  return { folder, run, persons };
};

const moveOf = (folder: string, place: Place, more: Partial<MoveOptions> = {}): MoveOptions => ({
  from: folder,
  masterKey: MASTER_KEY,
  to: place.url,
  filesUrl: place.filesUrl,
  environment: createTestEnvironment(),
  ...more,
});

/** A move that ends before the vault is declared in use, as when the log's move is broken off. */
const breakOff = async (folder: string, place: Place): Promise<void> => {
  const move = await openVaultMove(moveOf(folder, place));
  await move.bringUp();
  await move.close();
};

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  const servers = await startServers(t);

  t.test("what the node did between two tries is moved, and whom it erased is erased", async (t) => {
    const place = await newPlace(servers);
    const { folder, run, persons } = await newNode(t, PEOPLE);
    await breakOff(folder, place);
    await t.rejects(openAt(t, place), { name: "VaultNotOpened", reason: "half-moved" });

    const [erased, corrected, replaced] = [persons[0]!, persons[1]!, persons[2]!];
    const later: string[] = [];
    let listed: unknown;
    await run(async (vault) => {
      for (let number = PEOPLE; number < PEOPLE + 40; number += 1) later.push(await register(vault, number));
      await vault.destroyKey(erased);
      await vault.indexPerson(corrected, { ...OTABEK, phone: phoneOf(9_001) });
      await vault.files.remove("scan-1");
      await write(vault, replaced, "scan-2", "a better scan");
      await write(vault, later[0]!, "scan-new", "a new scan");
      listed = await vault.erasureList();
      // A person who comes back after an erasure is another one.
      t.not((await vault.findOrCreatePerson(pinflOf(0))).personId, erased);
    });
    const report = await migrateVault(moveOf(folder, place));
    t.match(report, { isInUse: false, missingFiles: [], total: { keys: PEOPLE + 40, erasures: 1, files: 2 } });

    const vault = await openAt(t, place);
    t.equal(await vault.findKey(erased), "destroyed");
    t.same(await vault.erasureList(), listed, "with the time of its erasure");
    t.not((await vault.findOrCreatePerson(pinflOf(0))).personId, erased);
    t.equal(await vault.files.has("scan-0"), false);
    for (const [index, personId] of later.entries()) {
      t.same(await vault.findOrCreatePerson(pinflOf(PEOPLE + index)), { personId, created: false });
      t.same(await vault.findPersons({ phone: phoneOf(PEOPLE + index) }), [personId]);
    }
    t.same(await vault.findPersons({ phone: phoneOf(1) }), [], "nobody is found by what was corrected");
    t.same(await vault.findPersons({ phone: phoneOf(9_001) }), [corrected]);
    t.equal(await vault.files.has("scan-1"), false);
    t.equal(await textOf(vault, replaced, "scan-2"), "a better scan");
    t.equal(await textOf(vault, later[0]!, "scan-new"), "a new scan");
  });

  t.test("a vault that is in use is compared and never written", async (t) => {
    const place = await newPlace(servers);
    const { folder, persons } = await newNode(t, 20);
    await migrateVault(moveOf(folder, place));
    const vault = await openAt(t, place);
    await vault.destroyKey(persons[3]!);
    await vault.indexPerson(persons[4]!, { ...OTABEK, phone: phoneOf(9_002) });
    await write(vault, persons[2]!, "scan-2", "written in the cluster");
    await register(vault, 500);
    t.match(await migrateVault(moveOf(folder, place)), { isInUse: true });
    t.equal(await vault.findKey(persons[3]!), "destroyed", "an erasure in the cluster is never undone");
    t.same(await vault.findPersons({ pinfl: pinflOf(3) }), []);
    t.same(await vault.findPersons({ phone: phoneOf(9_002) }), [persons[4]!]);
    t.equal(await textOf(vault, persons[2]!, "scan-2"), "written in the cluster");
  });

  const goOn: Record<string, (vault: Vault, persons: readonly string[]) => Promise<unknown>> = {
    "1 erasures": (vault, persons) => vault.destroyKey(persons[5]!),
    "1 keys of persons": (vault) => register(vault, 600),
  };
  for (const [lacking, work] of Object.entries(goOn))
    t.test(`a node that went on after its vault is in use is refused, lacking ${lacking}`, async (t) => {
      const place = await newPlace(servers);
      const { folder, run, persons } = await newNode(t, 20);
      await migrateVault(moveOf(folder, place));
      await run(async (vault) => void (await work(vault, persons)));
      await t.rejects(migrateVault(moveOf(folder, place)), {
        reason: "in-use",
        message: new RegExp(`in use, and lacks ${lacking} of this node: the node went on`),
      });
    });

  t.test("a vault that is older than at an earlier try is refused, and brings nobody back to life", async (t) => {
    const place = await newPlace(servers);
    const { folder, run, persons } = await newNode(t, 20);
    const backup = await temporaryFolder(t);
    await run((vault) => vault.backupTo(backup));
    await run((vault) => vault.destroyKey(persons[6]!));
    await breakOff(folder, place);
    const older = { name: "VaultNotOpened", message: /target holds erasures that this vault does not: .* older state/ };
    await t.rejects(migrateVault(moveOf(backup, place)), older);
    await migrateVault(moveOf(folder, place));
    t.equal(await (await openAt(t, place)).findKey(persons[6]!), "destroyed");
  });

  t.test("nobody opens the source until the move is closed", async (t) => {
    const place = await newPlace(servers);
    const { folder } = await newNode(t, 3);
    const move = await openVaultMove(moveOf(folder, place));
    await move.bringUp();
    await t.rejects(openIn(t, folder), { name: "VaultNotOpened", reason: "in-use" });
    await move.finish();
    await move.close();
    await (await openIn(t, folder)).close();
  });
}
