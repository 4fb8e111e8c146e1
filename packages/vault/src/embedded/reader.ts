import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Erasure } from "../port.ts";
import type { TagQuery } from "../person-index.ts";
import { blob, integer, text } from "../columns.ts";

export interface StoredFile {
  readonly subject: string;
  readonly file: string;
}

/** What is read from the database; only what is durable is seen, and each look costs a few pages. */
export interface Reader {
  findKey(subject: string): Uint8Array | "destroyed" | undefined;
  findPinfl(tag: Uint8Array): Uint8Array | undefined;
  /** One look: a bounded part of those who bear the rarest word. */
  findPersons(query: TagQuery, after: Uint8Array, limit: number): Look;
  erasures(): readonly Erasure[];
  findFile(name: string): StoredFile | undefined;
}

export interface Look {
  /** In order, at most `limit`. */
  readonly persons: readonly Uint8Array[];
  /** Up to whom was looked; those after are another look's. Undefined: there is nobody more. */
  readonly lookedTo?: Uint8Array;
}

/** Bearers of a word that are looked at in one go: two common words of a million people are some milliseconds each. */
const MAX_LOOKED_AT = 2_000;

/** How rare a tag is need be known only roughly: the rarest of a name's words leads, the others are looked up. */
const COUNTED_BEARERS = 1_000;

export const createReader = (database: DatabaseSync): Reader => {
  // One statement sees one moment: an erasure is wholly before it or wholly after it.
  const key = database.prepare(
    `SELECT (SELECT 1 FROM erasures WHERE subject = :subject) AS erased,
      (SELECT wrapped FROM subject_keys WHERE subject = :subject) AS wrapped`,
  );
  const pinfl = database.prepare("SELECT person FROM pinfls WHERE tag = ?");
  const erasures = database.prepare("SELECT subject, destroyed_at FROM erasures ORDER BY destroyed_at, subject");
  const file = database.prepare("SELECT subject, file FROM files WHERE name = ?");
  const findByTags = createFindByTags(database);

  const findPinfl = (tag: Uint8Array): Uint8Array | undefined => {
    const row = pinfl.get(tag);
    return row && blob(row["person"]);
  };

  return {
    findPinfl,
    findKey(subject) {
      const row = key.get({ subject });
      if (row?.["erased"] === 1) return "destroyed";
      return row?.["wrapped"] ? blob(row["wrapped"]) : undefined;
    },
    findPersons(query, after, limit) {
      if (query.by === "every") return findByTags(query.tags, after, limit);
      const person = findPinfl(query.tag);
      return { persons: person && Buffer.compare(person, after) > 0 ? [person].slice(0, limit) : [] };
    },
    erasures: () =>
      erasures.all().map((row) => ({ subject: text(row["subject"]), destroyedAt: integer(row["destroyed_at"]) })),
    findFile(name) {
      const row = file.get(name);
      return row && { subject: text(row["subject"]), file: text(row["file"]) };
    },
  };
};

/** Longer than an id of only the highest bytes, and so after it. */
const BEHIND_ALL = new Uint8Array(17).fill(255);

const createFindByTags = (database: DatabaseSync) => {
  const count = database.prepare(
    `SELECT count(*) AS bearers FROM (SELECT 1 FROM person_tags WHERE tag = ? LIMIT ${COUNTED_BEARERS})`,
  );
  const last = database.prepare(
    `SELECT person FROM person_tags WHERE tag = ? AND person > ? ORDER BY person LIMIT 1 OFFSET ${MAX_LOOKED_AT - 1}`,
  );
  const statements = new Map<number, StatementSync>();

  const statementFor = (others: number): StatementSync => {
    const also = " AND EXISTS (SELECT 1 FROM person_tags WHERE tag = ? AND person = bearer.person)".repeat(others);
    const sql = `SELECT person FROM person_tags AS bearer 
      WHERE tag = ? AND person > ? AND person <= ?${also} ORDER BY person LIMIT ?`;
    const statement = statements.get(others) ?? database.prepare(sql);
    statements.set(others, statement);
    return statement;
  };

  const rarestFirst = (tags: readonly Uint8Array[]): readonly Uint8Array[] =>
    tags
      .map((tag) => ({ tag, bearers: integer(count.get(tag)?.["bearers"]) }))
      .sort((left, right) => left.bearers - right.bearers)
      .map(({ tag }) => tag);

  return (tags: readonly Uint8Array[], after: Uint8Array, limit: number): Look => {
    const [rarest, ...others] = rarestFirst(tags);
    if (!rarest) return { persons: [] };
    const end = last.get(rarest, after);
    const lookedTo = end && blob(end["person"]);
    const rows = statementFor(others.length).all(rarest, after, lookedTo ?? BEHIND_ALL, ...others, limit);
    const persons = rows.map((row) => blob(row["person"]));
    return lookedTo ? { persons, lookedTo } : { persons };
  };
};
