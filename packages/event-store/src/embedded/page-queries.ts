import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Direction } from "../port.ts";

/*
 * A page comes out of SQLite as two values: one JSON text with the heads of its events, and one blob with all their
 * bytes. That is about twice as fast as a row with two blobs for each event. The heads tell the bytes before any are
 * read, so that a page can be cut where it would become too large.
 */

export interface PageQuery {
  readonly heads: StatementSync;
  readonly bytes: StatementSync;
}

/** What a page is taken from. `categories`: so many of them, merged. */
export type PageSource = "log" | "stream" | { readonly categories: number };

/** The head of an event as the JSON text has it. */
export type EventHead = readonly [
  position: number,
  stream: string,
  revision: number,
  recordedAt: number,
  id: string,
  type: string,
  dataLength: number,
  metadataLength: number,
];

export const createPageQueries = (
  database: DatabaseSync,
): ((source: PageSource, direction: Direction) => PageQuery) => {
  const prepared = new Map<string, PageQuery>();
  return (source, direction) => {
    const key = `${typeof source === "string" ? source : source.categories} ${direction}`;
    const known = prepared.get(key);
    if (known !== undefined) return known;
    const events = selectionOf(source, direction === "forwards" ? "ASC" : "DESC");
    const query = { heads: database.prepare(headsOf(events)), bytes: database.prepare(bytesOf(events)) };
    prepared.set(key, query);
    return query;
  };
};

/** FROM, WHERE, ORDER BY and LIMIT of one page; what is read always lies in ($low, $high]. */
const selectionOf = (source: PageSource, order: "ASC" | "DESC"): string => {
  if (source === "log") {
    return `FROM events WHERE position > $low AND position <= $high ORDER BY position ${order} LIMIT $limit`;
  }
  if (source === "stream") {
    return (
      `FROM events WHERE stream = $stream AND revision > $low AND revision <= $high ` +
      `ORDER BY revision ${order} LIMIT $limit`
    );
  }
  // Each category's positions come in order from the index; SQLite merges them without sorting.
  const positions = Array.from(
    { length: source.categories },
    (_, index) =>
      `SELECT position FROM events WHERE category = $category${index} AND position > $low AND position <= $high`,
  );
  const merged = `${positions.join(" UNION ALL ")} ORDER BY position ${order} LIMIT $limit`;
  return `FROM (${merged}) CROSS JOIN events USING (position) ORDER BY position ${order} LIMIT $limit`;
};

const headsOf = (events: string): string => `
  SELECT json_group_array(json_array(
    position, streams.name, revision, recorded_at, event_id, type, data_length, metadata_length)) AS heads
  FROM (SELECT position, stream, revision, recorded_at, events.id AS event_id, type,
      length(data) AS data_length, length(metadata) AS metadata_length ${events})
    CROSS JOIN streams ON streams.id = stream`;

const bytesOf = (events: string): string =>
  `SELECT CAST(group_concat(both, '') AS BLOB) AS bytes FROM (SELECT data || metadata AS both ${events})`;
