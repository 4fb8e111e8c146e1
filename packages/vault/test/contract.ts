import { createHash, randomUUID } from "node:crypto";
import t, { type Test } from "tap";
import { FileMissing, KeyDestroyed, MAX_FOUND, VaultUnavailable, type Vault } from "../src/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { createTestEnvironment, type TestEnvironment } from "./support/environment.ts";
import { MALIKA, MALIKA_PINFL, OTABEK, OTABEK_PINFL, pinflOf } from "./support/people.ts";

/** An adapter as the suite opens it: a new and empty vault, for which it closes and removes what it must. */
export type OpenVault = (t: Test, environment: TestEnvironment) => Promise<Vault>;

/** What every adapter of the port must do. */
export const vaultContract = (adapter: string, open: OpenVault): void => {
  const test = (sentence: string, run: (t: Test, vault: Vault, environment: TestEnvironment) => Promise<void>) =>
    t.test(`${adapter}: ${sentence}`, async (t) => {
      const environment = createTestEnvironment();
      await run(t, await open(t, environment), environment);
    });
  describePersons(test);
  describeSearch(test);
  describeKeys(test);
  describeErasure(test);
  describeFiles(test);
};

type Describe = (
  sentence: string,
  run: (t: Test, vault: Vault, environment: TestEnvironment) => Promise<void>,
) => unknown;

const personOf = async (vault: Vault, pinfl: string): Promise<string> =>
  (await vault.findOrCreatePerson(pinfl)).personId;

const describePersons = (test: Describe): void => {
  test("a PINFL has one person for ever, whose key is there at once", async (t, vault) => {
    const first = await vault.findOrCreatePerson(MALIKA_PINFL);
    t.equal(first.created, true);
    t.equal((await vault.findKey(first.personId))?.length, 32);
    t.same(await vault.findOrCreatePerson(MALIKA_PINFL), { personId: first.personId, created: false });
    t.not(await personOf(vault, OTABEK_PINFL), first.personId);
  });

  test("racing registrations of one PINFL get the same person, and one of them created it", async (t, vault) => {
    const pinfls = Array.from({ length: 60 }, (_, index) => pinflOf(index % 6));
    const found = await Promise.all(pinfls.map((pinfl) => vault.findOrCreatePerson(pinfl)));
    t.equal(new Set(found.map(({ personId }) => personId)).size, 6);
    t.equal(found.filter(({ created }) => created).length, 6);
    found.forEach(({ personId }, index) => t.equal(personId, found[index % 6]?.personId));
  });

  test("what is no PINFL is refused without being repeated", async (t, vault) => {
    await t.rejects(vault.findOrCreatePerson("3150490123001"), new RangeError("a PINFL has 14 digits"));
  });
};

const describeSearch = (test: Describe): void => {
  test("a person is found by PINFL, passport, phone, and full name with birth date", async (t, vault) => {
    const malika = await personOf(vault, MALIKA_PINFL);
    const otabek = await personOf(vault, OTABEK_PINFL);
    await vault.indexPerson(malika, MALIKA);
    await vault.indexPerson(otabek, OTABEK);
    t.same(await vault.findPersons({ pinfl: OTABEK_PINFL }), [otabek]);
    t.same(await vault.findPersons({ passport: "aa1234567" }), [malika]);
    t.same(await vault.findPersons({ passport: "АА 123 45 67" }), [malika], "in Cyrillic look-alikes too");
    t.same(await vault.findPersons({ phone: "90 123-45-67" }), [malika]);
    const { surname, givenName, patronymic, birthDate } = OTABEK;
    t.same(await vault.findPersons({ surname, givenName, patronymic, birthDate }), [otabek]);
    t.same(await vault.findPersons({ surname, givenName, patronymic, birthDate: "1990-04-16" }), []);
    t.same(await vault.findPersons({ surname, givenName, birthDate }), []);
  });

  test("a name is found in any script, case and apostrophe, when every word matches", async (t, vault) => {
    const malika = await personOf(vault, MALIKA_PINFL);
    const otabek = await personOf(vault, OTABEK_PINFL);
    await vault.indexPerson(malika, MALIKA);
    await vault.indexPerson(otabek, OTABEK);
    for (const apostrophe of ["\u2018", "\u2019", "\u02bb", "\u02bc", "'", "`"]) {
      t.same(await vault.findPersons({ name: `malika G${apostrophe}OFUROVA` }), [malika]);
    }
    t.same(await vault.findPersons({ name: "Ғофурова Малика" }), [malika]);
    t.same(await vault.findPersons({ name: "Тошматов" }), [otabek]);
    t.same(await vault.findPersons({ name: "O'ktam" }), [malika, otabek].toSorted());
    t.same(await vault.findPersons({ name: "O'ktam Malika" }), [malika]);
    t.same(await vault.findPersons({ name: "Malika Toshmatov" }), []);
  });

  test("what nobody can be found by finds nobody", async (t, vault) => {
    await vault.indexPerson(await personOf(vault, MALIKA_PINFL), MALIKA);
    t.same(await vault.findPersons({ name: "  " }), []);
    t.same(await vault.findPersons({ phone: "no number" }), []);
    t.same(await vault.findPersons({ pinfl: "1" }), []);
    t.same(await vault.findPersons({ passport: "Malika" }), [], "kinds do not mix");
  });

  test("a correction replaces what a person is found by, but not the PINFL", async (t, vault) => {
    const malika = await personOf(vault, MALIKA_PINFL);
    await vault.indexPerson(malika, MALIKA);
    await vault.indexPerson(malika, { ...MALIKA, passport: "AC1111111", surname: "Karimova" });
    t.same(await vault.findPersons({ passport: MALIKA.passport }), []);
    t.same(await vault.findPersons({ name: "G'ofurova" }), []);
    t.same(await vault.findPersons({ name: "Karimova Malika" }), [malika]);
    t.same(await vault.findPersons({ pinfl: MALIKA_PINFL }), [malika]);
  });

  test("many persons are found page by page, in one order, none twice", async (t, vault) => {
    const persons = await Promise.all(Array.from({ length: 25 }, (_, number) => personOf(vault, pinflOf(number))));
    await Promise.all(persons.map((person) => vault.indexPerson(person, OTABEK)));
    const seen: string[] = [];
    for (let page = await vault.findPersons({ name: "Otabek" }, { limit: 10 }); page.length > 0;) {
      t.ok(page.length <= 10);
      seen.push(...page);
      page = await vault.findPersons({ name: "Otabek" }, { limit: 10, after: page.at(-1)! });
    }
    t.same(seen, persons.toSorted());
    await t.rejects(vault.findPersons({ name: "Otabek" }, { limit: MAX_FOUND + 1 }), RangeError);
    await t.rejects(vault.findPersons({ name: Array.from("abcdefghijklmnopqrst").join(" ") }), RangeError);
  });
};

const describeKeys = (test: Describe): void => {
  test("a subject has one key, made when first asked for, also by racing calls", async (t, vault) => {
    t.equal(await vault.findKey("import:1"), undefined);
    const keys = await Promise.all(Array.from({ length: 20 }, () => vault.keyOf("import:1")));
    for (const key of keys) t.same(Buffer.from(key), Buffer.from(keys[0]!));
    t.notSame(await vault.keyOf("import:2"), keys[0]);
    t.same(await vault.findKey("import:1"), keys[0]);
  });

  test("what could be somebody's number is no subject", async (t, vault) => {
    for (const subject of [MALIKA_PINFL, "AA1234567", "", "a b", "../x"]) {
      await t.rejects(vault.keyOf(subject), RangeError);
      await t.rejects(vault.findKey(subject), RangeError);
      await t.rejects(vault.destroyKey(subject), RangeError);
    }
  });

  test("a request's hash tells bodies apart and stays the same", async (t, vault) => {
    const hash = vault.requestHash(Buffer.from("{}"));
    t.match(hash, /^[0-9a-f]{64}$/);
    t.equal(vault.requestHash(Buffer.from("{}")), hash);
    t.not(vault.requestHash(Buffer.from("[]")), hash);
    t.not(hash, createHash("sha256").update("{}").digest("hex"), "nobody can make it without the vault");
  });

  test("a closed vault says so", async (t, vault) => {
    await vault.close();
    await t.rejects(vault.keyOf("import:1"), VaultUnavailable);
    await t.rejects(vault.findOrCreatePerson(MALIKA_PINFL), VaultUnavailable);
    await t.resolves(vault.close(), "closing it again is no error");
  });
};

const describeErasure = (test: Describe): void => {
  test("an erased person's key is gone for ever, and nobody is found by what was theirs", async (t, vault, env) => {
    const malika = await personOf(vault, MALIKA_PINFL);
    const otabek = await personOf(vault, OTABEK_PINFL);
    await vault.indexPerson(malika, MALIKA);
    await vault.indexPerson(otabek, OTABEK);
    const destroyedAt = env.clock.now();
    await vault.destroyKey(malika);
    env.pass(5_000);
    await vault.destroyKey(malika);
    t.equal(await vault.findKey(malika), "destroyed");
    await t.rejects(vault.keyOf(malika), new KeyDestroyed(malika));
    await t.rejects(vault.indexPerson(malika, MALIKA), KeyDestroyed);
    t.same(await vault.findPersons({ pinfl: MALIKA_PINFL }), []);
    t.same(await vault.findPersons({ passport: MALIKA.passport }), []);
    t.same(await vault.findPersons({ name: "O'ktam" }), [otabek], "others stay");
    t.same(await vault.erasureList(), [{ subject: malika, destroyedAt }], "with the time of the first time");
  });

  test("who comes back after erasure is a new person", async (t, vault) => {
    const before = await personOf(vault, MALIKA_PINFL);
    await vault.destroyKey(before);
    const { personId, created } = await vault.findOrCreatePerson(MALIKA_PINFL);
    t.equal(created, true);
    t.not(personId, before);
  });

  test("an erasure list destroys again what a restored backup brought back", async (t, vault) => {
    const malika = await personOf(vault, MALIKA_PINFL);
    const unknown = randomUUID();
    const list = [
      { subject: malika, destroyedAt: 1_000 },
      { subject: unknown, destroyedAt: 2_000 },
    ];
    await vault.applyErasures(list);
    await vault.applyErasures(list);
    t.same(await vault.erasureList(), list);
    t.same(await vault.findPersons({ pinfl: MALIKA_PINFL }), []);
    await t.rejects(vault.keyOf(unknown), KeyDestroyed, "a subject without a key gets none any more");
  });
};

const describeFiles = (test: Describe): void => {
  test("a file comes back byte for byte, with its size and hash", async (t, vault) => {
    for (const size of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      const bytes = Buffer.alloc(size, `${size}.`);
      const written = await vault.files.write(
        "import:1",
        `file-${size}`,
        pieces(bytes.subarray(0, 70_000), bytes.subarray(70_000)),
      );
      t.same(written, { sha256: createHash("sha256").update(bytes).digest("hex"), size });
      t.ok((await gather(vault.files.read("import:1", `file-${size}`))).equals(bytes));
    }
  });

  test("a file is replaced whole, and one that breaks off leaves the old one", async (t, vault) => {
    const { files } = vault;
    await files.write("import:1", "list", pieces(Buffer.from("first")));
    async function* breaksOff(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("half");
      throw new Error("the sender is gone");
    }
    await t.rejects(files.write("import:1", "list", breaksOff()), { message: "the sender is gone" });
    t.equal((await gather(files.read("import:1", "list"))).toString(), "first");
    await files.write("import:1", "list", pieces(Buffer.from("second")));
    t.equal((await gather(files.read("import:1", "list"))).toString(), "second");
  });

  test("a file that is not there, was removed or is another subject's is missing", async (t, vault) => {
    const { files } = vault;
    await files.write("import:1", "list", pieces(Buffer.from("x")));
    await vault.keyOf("import:2");
    await t.rejects(gather(files.read("import:2", "list")), FileMissing);
    await t.rejects(gather(files.read("import:3", "list")), FileMissing);
    t.equal(await files.has("list"), true);
    await t.resolves(files.check(), "the store answers");
    await files.remove("list");
    await files.remove("list");
    t.equal(await files.has("list"), false);
    await t.rejects(gather(files.read("import:1", "list")), FileMissing);
  });

  test("a file goes with its subject, also one that was still being written", async (t, vault) => {
    const { files } = vault;
    await files.write("import:1", "done", pieces(Buffer.from("x")));
    async function* erasedMeanwhile(): AsyncGenerator<Uint8Array> {
      yield Buffer.from("x");
      await vault.destroyKey("import:1");
      yield Buffer.from("y");
    }
    await t.rejects(files.write("import:1", "late", erasedMeanwhile()), KeyDestroyed);
    t.equal(await files.has("done"), false);
    t.equal(await files.has("late"), false);
    await t.rejects(gather(files.read("import:1", "done")), KeyDestroyed);
    await t.rejects(files.write("import:1", "new", pieces()), KeyDestroyed);
  });

  test("a file's name leads nowhere else and is nobody's number", async (t, vault) => {
    for (const name of ["../x", "a/b", "", ".", "..", "a\\b", "a\0b", MALIKA_PINFL]) {
      await t.rejects(vault.files.write("import:1", name, pieces()), RangeError);
      await t.rejects(gather(vault.files.read("import:1", name)), RangeError);
      await t.rejects(vault.files.has(name), RangeError);
      await t.rejects(vault.files.remove(name), RangeError);
    }
  });
};
