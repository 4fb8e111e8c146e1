import { setImmediate as turn } from "node:timers/promises";
import t from "tap";
import type { Vault } from "../src/index.ts";
import { temporaryFolder } from "./support/folder.ts";
import { OTABEK, pinflOf } from "./support/people.ts";
import { openIn } from "./support/vault.ts";

/** More than the vault looks at in one go. */
const BEARERS = 2_100;

/** Persons of a name, whose phones and passports begin at a number; many at a time share a sync. */
const people = async (vault: Vault, first: number, count: number, surname: string, givenName: string) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const number = first + index;
      const { personId } = await vault.findOrCreatePerson(pinflOf(number));
      const phone = `+99890${String(number).padStart(7, "0")}`;
      const passport = `AC${String(number).padStart(7, "0")}`;
      await vault.indexPerson(personId, { ...OTABEK, surname, givenName, phone, passport });
      return personId;
    }),
  );

t.test(
  "who bears two common words is found among many who bear one, and others get their turn meanwhile",
  async (t) => {
    const vault = await openIn(t, await temporaryFolder(t));
    await people(vault, 10_000, BEARERS, "Karimov", "Bekzod");
    await people(vault, 20_000, BEARERS, "Yusupov", "Anvar");
    const both = (await people(vault, 30_000, 5, "Karimov", "Anvar")).toSorted();

    let turns = 0;
    const counting = new AbortController();
    const others = (async (signal: AbortSignal) => {
      for (; !signal.aborted; turns += 1) await turn();
    })(counting.signal);
    t.same(await vault.findPersons({ name: "anvar karimov" }), both);
    counting.abort();
    await others;
    t.ok(turns > 1, `${turns} turns of the event loop`);
    const first = await vault.findPersons({ name: "Karimov Anvar" }, { limit: 2 });
    t.same(first, both.slice(0, 2));
    t.same(await vault.findPersons({ name: "Karimov Anvar" }, { after: first.at(-1)! }), both.slice(2));
    t.equal((await vault.findPersons({ name: "Karimov" }, { limit: 50 })).length, 50);
    t.same(await vault.findPersons({ name: "Karimov Malika" }), []);
  },
);
