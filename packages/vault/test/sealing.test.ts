import fc from "fast-check";
import t from "tap";
import {
  createSealer,
  KEY_CACHE_ENTRIES,
  KEY_CACHE_MILLISECONDS,
  KeyDestroyed,
  KeyExpired,
  KeyMissing,
  MAX_SEALED_BYTES,
  openMemoryVault,
  SealDamaged,
  type Vault,
} from "../src/index.ts";
import { createTestEnvironment } from "./support/environment.ts";

const createParts = () => {
  const environment = createTestEnvironment();
  const vault = openMemoryVault({ environment });
  return { environment, vault, sealer: createSealer(vault, environment) };
};

/** Counts what a sealer asks of the vault. */
const counting = (vault: Vault): { vault: Pick<Vault, "keyOf" | "findKey">; asked: () => number } => {
  let asked = 0;
  const count = <Result>(result: Result): Result => {
    asked++;
    return result;
  };
  return {
    vault: { keyOf: (subject) => count(vault.keyOf(subject)), findKey: (subject) => count(vault.findKey(subject)) },
    asked: () => asked,
  };
};

t.test("what is sealed opens as it was, whatever JSON can hold", async (t) => {
  const { sealer } = createParts();
  const direct = await sealer.withKey("person:1");
  const property = fc.asyncProperty(fc.jsonValue(), async (json) => {
    // JSON has no -0, so neither has what comes back.
    const value: unknown = JSON.parse(JSON.stringify(json));
    t.same(await sealer.open(await sealer.seal("person:1", value)), { value });
    t.same(direct.open(direct.seal(value)), { value });
    t.same(await sealer.open(direct.seal(value)), { value });
  });
  await fc.assert(property, { numRuns: 60 });
});

t.test("a sealed value says whose it is, and nothing else; sealed twice it looks different", async (t) => {
  const { sealer } = createParts();
  const first = await sealer.seal("person:1", "Malika");
  t.same(Object.keys(first), ["sealed", "of"]);
  t.equal(first.of, "person:1");
  t.match(first.sealed, /^[A-Za-z0-9_-]+$/);
  t.notOk(Buffer.from(first.sealed, "base64url").includes("Malika"));
  t.not((await sealer.seal("person:1", "Malika")).sealed, first.sealed);
});

t.test("a sealed value that was changed anywhere, or given to another subject, does not open", async (t) => {
  const { sealer } = createParts();
  const { sealed } = await sealer.seal("person:1", { name: "Malika" });
  await sealer.seal("person:2", "x");
  const property = fc.asyncProperty(
    fc.nat(sealed.length - 1),
    fc.base64String({ minLength: 4, maxLength: 4 }).map((text) => text.charAt(0)),
    async (at, letter) => {
      fc.pre(sealed[at] !== letter);
      await t.rejects(
        sealer.open({ sealed: sealed.slice(0, at) + letter + sealed.slice(at + 1), of: "person:1" }),
        SealDamaged,
      );
    },
  );
  await fc.assert(property, { numRuns: 60 });
  for (const text of ["", "A", sealed.slice(0, -1), sealed.slice(0, 20), `${sealed}A`, `${sealed}=`]) {
    await t.rejects(sealer.open({ sealed: text, of: "person:1" }), SealDamaged);
  }
  await t.rejects(sealer.open({ sealed, of: "person:2" }), SealDamaged);
  const other = await sealer.withKey("person:2");
  t.throws(() => other.open({ sealed, of: "person:1" }), RangeError);
});

t.test("a value is bound to its subject by more than the key", async (t) => {
  const { environment } = createParts();
  const key = environment.random.bytes(32);
  const sealer = createSealer({ keyOf: async () => key, findKey: async () => key }, environment);
  const { sealed } = await sealer.seal("person:1", "Malika");
  await t.rejects(sealer.open({ sealed, of: "person:2" }), SealDamaged);
});

t.test("after erasure everything opens as erased, and nothing is sealed any more", async (t) => {
  const { vault, sealer } = createParts();
  const sealed = await sealer.seal("person:1", "Malika");
  const held = await sealer.withKey("person:1");
  await vault.destroyKey("person:1");
  sealer.forget("person:1");
  t.equal(await sealer.open(sealed), "erased");
  await t.rejects(sealer.seal("person:1", "x"), KeyDestroyed);
  t.throws(() => held.open(sealed), KeyExpired, "a key in somebody's hands is taken away");
  const direct = await sealer.withKey("person:1");
  t.equal(direct.open(sealed), "erased");
  t.throws(() => direct.seal("x"), KeyDestroyed);
});

t.test("a key that another process destroyed is used for a minute at most", async (t) => {
  const { environment, vault, sealer } = createParts();
  const sealed = await sealer.seal("person:1", "Malika");
  const held = await sealer.withKey("person:1");
  await vault.destroyKey("person:1");
  environment.pass(KEY_CACHE_MILLISECONDS - 1);
  t.same(await sealer.open(sealed), { value: "Malika" });
  t.same(held.open(sealed), { value: "Malika" });
  environment.pass(1);
  t.equal(await sealer.open(sealed), "erased");
  t.throws(() => held.open(sealed), KeyExpired);
});

t.test("an erasure while the key is being loaded is not forgotten by the cache", async (t) => {
  const { environment, vault } = createParts();
  const answers = Promise.withResolvers<Uint8Array>();
  const key = await vault.keyOf("person:1");
  let first = true;
  const slow: Pick<Vault, "keyOf" | "findKey"> = {
    keyOf: (subject) => vault.keyOf(subject),
    findKey: (subject) => (first ? ((first = false), answers.promise) : vault.findKey(subject)),
  };
  const sealer = createSealer(slow, environment);
  const sealed = await createSealer(vault, environment).seal("person:1", "Malika");
  const opening = sealer.open(sealed);
  await vault.destroyKey("person:1");
  sealer.forget("person:1");
  answers.resolve(key);
  t.same(await opening, { value: "Malika" }, "who asked before is answered");
  t.equal(await sealer.open(sealed), "erased");
});

t.test("a key is asked of the vault once for many values, and the cache is bounded", async (t) => {
  const { environment, vault } = createParts();
  const { vault: counted, asked } = counting(vault);
  const sealer = createSealer(counted, environment);
  await Promise.all(Array.from({ length: 50 }, (_, index) => sealer.seal("person:0", index)));
  t.equal(asked(), 1);
  for (let person = 1; person < KEY_CACHE_ENTRIES; person++) await sealer.seal(`person:${person}`, 1);
  await sealer.seal("person:0", 1);
  t.equal(asked(), KEY_CACHE_ENTRIES);
  await sealer.seal("person:one-more", 1);
  await sealer.seal("person:0", 1);
  t.equal(asked(), KEY_CACHE_ENTRIES + 1, "what was used last stays");
  await sealer.seal("person:1", 1);
  t.equal(asked(), KEY_CACHE_ENTRIES + 2, "what was unused longest has gone");
});

t.test("a value under a key that never was is no erased one", async (t) => {
  const { sealer } = createParts();
  await t.rejects(sealer.open({ sealed: "AA", of: "person:9" }), KeyMissing);
});

t.test("what JSON cannot hold, or is too large for an event, is not sealed", async (t) => {
  const { sealer } = createParts();
  await t.rejects(sealer.seal("person:1", undefined), TypeError);
  await t.rejects(sealer.seal("person:1", "x".repeat(MAX_SEALED_BYTES)), RangeError);
});
