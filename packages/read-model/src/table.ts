import { cursorAt, placeOf, type Place } from "./cursor.ts";
import type { Database } from "./database.ts";
import type { Groupings } from "./grouping.ts";
import { DEFAULT_PAGE, MAX_ALTERNATIVES, MAX_PAGE } from "./limits.ts";
import type { AnyProjection, Row, Table } from "./projection.ts";
import { columnOf, indexesOf, tableOf } from "./schema.ts";

/** Queries over the rows of one projection. */

type Value = string | number;
type Order = Place["order"];
type Where = readonly (readonly [field: string, wanted: Value | readonly Value[]])[];

interface Found {
  readonly key: string;
  readonly position: bigint;
  readonly row: string;
}

/**
 * A query with several values of a field is asked once for each: every look-up then stops after one page, where
 * SQL's IN may collect and sort everything that matches. It is left to IN where that would be too many look-ups.
 */
const alternatives = (where: Readonly<Record<string, Value | readonly Value[] | undefined>>): readonly Where[] => {
  let all: Where[] = [[]];
  for (const [field, wanted] of Object.entries(where)) {
    if (wanted === undefined) continue;
    const values = typeof wanted === "object" ? [...new Set(wanted)] : [wanted];
    const each = all.length * values.length > MAX_ALTERNATIVES ? [values] : values;
    all = all.flatMap((before) => each.map((value) => [...before, [field, value] as const]));
  }
  return all;
};

/** As SQLite compares text: by bytes. */
const byKey = (left: Found, right: Found): number => Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));

const byNewest = (left: Found, right: Found): number =>
  left.position === right.position ? byKey(left, right) : left.position > right.position ? -1 : 1;

const sqlOf = (table: string, where: Where, order: Order, isContinued: boolean): string => {
  const conditions = where.map(
    ([field, wanted]) =>
      columnOf(field) + (typeof wanted === "object" ? " IN (SELECT value FROM json_each(?))" : " = ?"),
  );
  if (isContinued) conditions.push(order === "key" ? "key > ?" : "position <= ? AND (position < ? OR key > ?)");
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  const by = order === "key" ? "key" : "position DESC, key";
  return `SELECT key, position, row FROM ${table}${filter} ORDER BY ${by} LIMIT ?`;
};

const lookUp = (
  database: Database,
  table: string,
  where: Where,
  order: Order,
  place: Place | undefined,
  limit: number,
) => {
  const select = database.statement(sqlOf(table, where, order, place !== undefined));
  select.setReadBigInts(true);
  const after = !place ? [] : order === "key" ? [place.key] : [place.position, place.position, place.key];
  const values = where.map(([, wanted]) => (typeof wanted === "object" ? JSON.stringify(wanted) : wanted));
  return select.all(...values, ...after, limit) as unknown as Found[];
};

/** @param guarded runs a read; what it finds of damage leads to a rebuild */
export const createTable = (
  database: Database,
  projection: AnyProjection,
  groupings: Groupings,
  guarded: <T>(read: () => T) => T,
): Table<Row> => {
  const table = tableOf(projection);
  const indexed = new Set(indexesOf(projection));
  const check = (fields: readonly string[]): void => {
    for (const field of fields)
      if (!indexed.has(field)) throw new TypeError(`${projection.name} has no index on ${field}`);
  };

  return {
    get: (key) =>
      guarded(() => {
        const found = database.statement(`SELECT row FROM ${table} WHERE key = ?`).get(key)?.["row"];
        return typeof found === "string" ? (JSON.parse(found) as Row) : undefined;
      }),
    find: ({ where = {}, order = "newest", cursor, limit = DEFAULT_PAGE } = {}) => {
      check(Object.keys(where));
      const place = cursor === undefined ? undefined : placeOf(cursor, order);
      const size = Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);
      const asked = alternatives(where);
      // One more than the page, to know whether there is a next one.
      let found = guarded(() => asked.flatMap((each) => lookUp(database, table, each, order, place, size + 1)));
      if (asked.length > 1) found = found.sort(order === "key" ? byKey : byNewest);
      const page = found.slice(0, size);
      const items = page.map(({ key, position, row }) => ({ key, position, row: JSON.parse(row) as Row }));
      const last = page.at(-1);
      return found.length > size && last ? { items, next: cursorAt({ ...last, order }) } : { items };
    },
    count: (by) => {
      check(by);
      return guarded(() => groupings.count(by));
    },
  };
};
