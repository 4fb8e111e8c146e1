/**
 * What a move copies row by row. Both databases give and take the columns as ASCII text (bytes as lower-case hexadecimal
 * digits), in the same order, which is JavaScript's too: so one can be compared with the other as it is.
 */
export interface RowsPart {
  readonly name: MovedPart;
  /** The table of the embedded vault, to count its rows. */
  readonly table: string;
  /** Of SQLite: rows after a cursor, so many. */
  readonly read: string;
  /** Of PostgreSQL: the same. */
  readonly readMoved: string;
  /** Of PostgreSQL: takes an array for each column. */
  readonly write: string;
  /** Of PostgreSQL: the same. Absent where a row goes with an erasure only, and a surplus one tells of something wrong. */
  readonly remove?: string;
  /** Before the first row, and after one. Rows are in the order of their cursors. */
  readonly start: readonly string[];
  readonly cursorOf: (row: readonly string[]) => readonly string[];
}

export type MovedPart = "keys" | "erasures" | "pinfls" | "tags" | "files";

const first = (row: readonly string[]): readonly string[] => row.slice(0, 1);

const keys: RowsPart = {
  name: "keys",
  table: "subject_keys WHERE subject NOT IN (SELECT subject FROM erasures)",
  read: `SELECT subject, lower(hex(wrapped)) FROM subject_keys
    WHERE subject > ? AND subject NOT IN (SELECT subject FROM erasures) ORDER BY subject LIMIT ?`,
  readMoved: `SELECT subject, encode(wrapped, 'hex') AS wrapped FROM safar_vault.subject_keys
    WHERE subject > $1 AND wrapped IS NOT NULL ORDER BY subject LIMIT $2`,
  write: `INSERT INTO safar_vault.subject_keys (subject, wrapped)
    SELECT subject, decode(wrapped, 'hex') FROM unnest($1::text[], $2::text[]) AS moved (subject, wrapped)`,
  start: [""],
  cursorOf: first,
};

const erasures: RowsPart = {
  name: "erasures",
  table: "erasures",
  read: `SELECT subject, CAST(destroyed_at AS TEXT) FROM erasures WHERE subject > ? ORDER BY subject LIMIT ?`,
  readMoved: `SELECT subject, destroyed_at::text FROM safar_vault.subject_keys
    WHERE subject > $1 AND destroyed_at IS NOT NULL ORDER BY subject LIMIT $2`,
  write: `INSERT INTO safar_vault.subject_keys (subject, destroyed_at)
    SELECT subject, destroyed_at::bigint FROM unnest($1::text[], $2::text[]) AS moved (subject, destroyed_at)`,
  start: [""],
  cursorOf: first,
};

const pinfls: RowsPart = {
  name: "pinfls",
  table: "pinfls",
  read: `SELECT lower(hex(tag)), lower(hex(person)) FROM pinfls WHERE tag > unhex(?) ORDER BY tag LIMIT ?`,
  readMoved: `SELECT encode(tag, 'hex') AS tag, replace(person::text, '-', '') AS person FROM safar_vault.pinfls
    WHERE pinfls.tag > decode($1, 'hex') ORDER BY pinfls.tag LIMIT $2`,
  write: `INSERT INTO safar_vault.pinfls (tag, person)
    SELECT decode(tag, 'hex'), person::uuid FROM unnest($1::text[], $2::text[]) AS moved (tag, person)`,
  start: [""],
  cursorOf: first,
};

const tags: RowsPart = {
  name: "tags",
  table: "person_tags",
  read: `SELECT lower(hex(tag)), lower(hex(person)) FROM person_tags
    WHERE (tag, person) > (unhex(?), unhex(?)) ORDER BY person_tags.tag, person_tags.person LIMIT ?`,
  readMoved: `SELECT encode(tag, 'hex') AS tag, replace(person::text, '-', '') AS person FROM safar_vault.person_tags
    WHERE (person_tags.tag, person_tags.person) > (decode($1, 'hex'), $2::uuid)
    ORDER BY person_tags.tag, person_tags.person LIMIT $3`,
  write: `INSERT INTO safar_vault.person_tags (tag, person)
    SELECT decode(tag, 'hex'), person::uuid FROM unnest($1::text[], $2::text[]) AS moved (tag, person)`,
  remove: `DELETE FROM safar_vault.person_tags USING unnest($1::text[], $2::text[]) AS corrected (tag, person)
    WHERE person_tags.tag = decode(corrected.tag, 'hex') AND person_tags.person = corrected.person::uuid`,
  start: ["", "0".repeat(32)],
  cursorOf: (row) => row,
};

/** Erasures first: of a subject that was erased no key may be copied. */
export const ROWS_PARTS: readonly RowsPart[] = [erasures, keys, pinfls, tags];

/** What stays as it is once it was written, save by an erasure. */
export const LASTING_PARTS = { erasures, keys, pinfls };
