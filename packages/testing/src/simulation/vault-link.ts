import { VaultUnavailable, type Vault } from "@safar/vault";
import { BAD_DAY } from "./faults.ts";
import type { Incarnation } from "./incarnation.ts";
import type { Surroundings } from "./surroundings.ts";

const unavailable = (): VaultUnavailable => new VaultUnavailable("storage", "the vault does not answer");

const gather = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The vault as one process sees it over a network. Every call may be repeated, so it may also be done twice. */
export const createVaultLink = ({ vault, link }: Surroundings, from: Incarnation): Vault => {
  const ask = <T>(what: string, work: () => Promise<T>): Promise<T> =>
    link.ask({ from, label: `vault ${what}`, rates: BAD_DAY, failure: unavailable, work });
  return {
    findOrCreatePerson: (pinfl) => ask("person", () => vault.findOrCreatePerson(pinfl)),
    indexPerson: (person, entries) => ask("index", () => vault.indexPerson(person, entries)),
    findPersons: (query, page) => ask("search", () => vault.findPersons(query, page)),
    keyOf: (subject) => ask("key", () => vault.keyOf(subject)),
    findKey: (subject) => ask("find key", () => vault.findKey(subject)),
    destroyKey: (subject) => ask("destroy key", () => vault.destroyKey(subject)),
    erasureList: () => ask("erasures", () => vault.erasureList()),
    applyErasures: (erasures) => ask("apply erasures", () => vault.applyErasures(erasures)),
    requestHash: (body) => vault.requestHash(body),
    files: {
      async write(subject, name, bytes) {
        const whole = await gather(bytes);
        return ask("write file", () => vault.files.write(subject, name, once(whole)));
      },
      async *read(subject, name) {
        yield await ask("read file", () => gather(vault.files.read(subject, name)));
      },
      has: (name) => ask("has file", () => vault.files.has(name)),
      remove: (name) => ask("remove file", () => vault.files.remove(name)),
      check: () => ask("check files", () => vault.files.check()),
    },
    close: () => Promise.resolve(),
  };
};
