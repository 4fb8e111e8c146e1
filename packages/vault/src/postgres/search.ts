import { blob, text } from "../columns.ts";
import type { Ask } from "./connections.ts";

/** How rare a tag is need be known only roughly: the rarest of a name's words leads, the others are looked up. */
const COUNTED_BEARERS = 1_000;

const RAREST_FIRST = `
  SELECT tag FROM unnest($1::bytea[]) AS asked (tag)
  ORDER BY (
    SELECT count(*) FROM (SELECT 1 FROM safar_vault.person_tags AS bearer WHERE bearer.tag = asked.tag LIMIT $2) AS few
  )`;

const BEARERS_OF_ALL = `
  SELECT person FROM safar_vault.person_tags AS bearer
  WHERE tag = $1 AND person > $2::uuid AND NOT EXISTS (
    SELECT 1 FROM unnest($3::bytea[]) AS other (tag) WHERE NOT EXISTS (
      SELECT 1 FROM safar_vault.person_tags AS also WHERE also.tag = other.tag AND also.person = bearer.person
    )
  )
  ORDER BY person LIMIT $4`;

/** Who bears every one of the tags, in the order of ids; no tags match nobody. */
export const findByTags = async (
  ask: Ask,
  tags: readonly Uint8Array[],
  after: string,
  limit: number,
): Promise<readonly string[]> => {
  if (tags.length === 0) return [];
  const ordered = tags.length === 1 ? tags : await rarestFirst(ask, tags);
  const rows = await ask(BEARERS_OF_ALL, [ordered[0], after, ordered.slice(1), limit]);
  return rows.map((row) => text(row["person"]));
};

const rarestFirst = async (ask: Ask, tags: readonly Uint8Array[]): Promise<readonly Uint8Array[]> =>
  (await ask(RAREST_FIRST, [tags, COUNTED_BEARERS])).map((row) => blob(row["tag"]));
