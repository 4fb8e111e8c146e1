import type { Environment } from "@safar/kernel";
import { text } from "../columns.ts";
import { createPersonIndex, type TagQuery } from "../person-index.ts";
import { DEFAULT_FOUND, KeyDestroyed, MAX_FOUND, VaultUnavailable, type Vault } from "../port.ts";
import type { Tag } from "../tag.ts";
import { uuidToBytes } from "../uuid-bytes.ts";
import type { Ask, Connections } from "./connections.ts";
import type { NewKey } from "./keys.ts";
import { MAX_RACES } from "./limits.ts";
import { isErased, lockSubject } from "./locks.ts";
import { findByTags } from "./search.ts";

export interface PersonParts {
  readonly connections: Connections;
  readonly environment: Environment;
  readonly indexKey: Uint8Array;
  readonly newKey: NewKey;
}

type PersonMethods = Pick<Vault, "findOrCreatePerson" | "indexPerson" | "findPersons">;

export const personMethods = ({ connections, environment, indexKey, newKey }: PersonParts): PersonMethods => {
  const index = createPersonIndex(indexKey);
  const { ask } = connections;

  /** Undefined where another one was first; who that was the next look tells. */
  const createPerson = async (tag: Tag): Promise<string | undefined> => {
    const person = environment.random.uuid();
    const created = await ask(CREATE_PERSON, [tag, person, newKey(person)]);
    return created.length > 0 ? person : undefined;
  };

  return {
    async findOrCreatePerson(pinfl) {
      const tag = index.tagOfPinfl(pinfl);
      for (let races = 0; races < MAX_RACES; races++) {
        const [known] = await findByPinfl(ask, tag);
        if (known !== undefined) return { personId: known, created: false };
        const created = await createPerson(tag);
        if (created !== undefined) return { personId: created, created: true };
      }
      throw new VaultUnavailable("storage", "a person was registered and erased again and again meanwhile");
    },
    async indexPerson(personId, entries) {
      checkPerson(personId);
      const tags = index.tagsOf(entries);
      const done = await connections.transaction(async (within) => {
        await lockSubject(within, personId);
        if (await isErased(within, personId)) return false;
        await within(REPLACE_TAGS, [personId, tags]);
        return true;
      });
      if (!done) throw new KeyDestroyed(personId);
    },
    async findPersons(query, { limit = DEFAULT_FOUND, after } = {}) {
      if (limit > MAX_FOUND) throw new RangeError(`at most ${MAX_FOUND} persons are found at once`);
      if (after !== undefined) checkPerson(after);
      return findPersons(ask, index.tagsAskedBy(query), after ?? BEFORE_ALL, limit);
    },
  };
};

/** The one id that no person has. */
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

const checkPerson = (personId: string): void => {
  if (!uuidToBytes(personId)) throw new RangeError("a person's id is a UUID in lower case");
};

/** One statement: a person and the key are there together. It waits for whoever is about to write the same PINFL. */
const CREATE_PERSON = `
  WITH registered AS (
    INSERT INTO safar_vault.pinfls (tag, person) VALUES ($1, $2::uuid) ON CONFLICT DO NOTHING RETURNING person
  )
  INSERT INTO safar_vault.subject_keys (subject, wrapped) SELECT person::text, $3 FROM registered RETURNING subject`;

const REPLACE_TAGS = `
  WITH taken AS (DELETE FROM safar_vault.person_tags WHERE person = $1 AND tag <> ALL ($2::bytea[]))
  INSERT INTO safar_vault.person_tags (tag, person)
  SELECT tag, $1 FROM unnest($2::bytea[]) AS tag ON CONFLICT DO NOTHING`;

const findByPinfl = async (ask: Ask, tag: Tag): Promise<readonly string[]> => {
  const rows = await ask("SELECT person FROM safar_vault.pinfls WHERE tag = $1", [tag]);
  return rows.map((row) => text(row["person"]));
};

const findPersons = async (ask: Ask, query: TagQuery, after: string, limit: number): Promise<readonly string[]> => {
  if (query.by === "every") return findByTags(ask, query.tags, after, limit);
  return (await findByPinfl(ask, query.tag)).filter((person) => person > after).slice(0, limit);
};
