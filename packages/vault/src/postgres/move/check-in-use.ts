import { integer } from "../../columns.ts";
import { VaultNotOpened } from "../../port.ts";
import type { Connections } from "../connections.ts";
import { LASTING_PARTS, type RowsPart } from "./parts.ts";
import { columnsOf, pagesOf } from "./rows.ts";
import type { Source } from "./source.ts";

/** Each takes a part's columns and counts the rows that the target should hold and does not. */
const MISSING: readonly { readonly part: RowsPart; readonly count: string; readonly what: string }[] = [
  {
    part: LASTING_PARTS.erasures,
    count: `SELECT count(*)::integer AS missing FROM unnest($1::text[], $2::text[]) AS first (subject, destroyed_at)
      WHERE NOT EXISTS (SELECT 1 FROM safar_vault.subject_keys AS known
        WHERE known.subject = first.subject AND known.destroyed_at IS NOT NULL)`,
    what: "erasures",
  },
  {
    // Who was erased in the cluster since has a row without a key.
    part: LASTING_PARTS.keys,
    count: `SELECT count(*)::integer AS missing FROM unnest($1::text[], $2::text[]) AS first (subject, wrapped)
      WHERE NOT EXISTS (SELECT 1 FROM safar_vault.subject_keys AS known WHERE known.subject = first.subject
        AND (known.destroyed_at IS NOT NULL OR known.wrapped = decode(first.wrapped, 'hex')))`,
    what: "keys of persons",
  },
  {
    part: LASTING_PARTS.pinfls,
    count: `SELECT count(*)::integer AS missing FROM unnest($1::text[], $2::text[]) AS first (tag, person)
      WHERE NOT EXISTS (SELECT 1 FROM safar_vault.pinfls AS known
        WHERE known.tag = decode(first.tag, 'hex') AND known.person = first.person::uuid)
      AND NOT EXISTS (SELECT 1 FROM safar_vault.subject_keys AS erased
        WHERE erased.subject = first.person::uuid::text AND erased.destroyed_at IS NOT NULL)`,
    what: "persons",
  },
];

/**
 * A vault that is in use has gone on: persons were added, corrected and erased, files replaced. But all persons of the
 * node are in it, and nobody lives in it who was erased on the node. Nothing is written: a key that was destroyed here
 * never comes back from the node.
 * @throws VaultNotOpened where the node has gone on as well
 */
export const checkInUse = async (source: Source, { ask }: Connections, signal?: AbortSignal): Promise<void> => {
  for (const { part, count, what } of MISSING) {
    let missing = 0;
    for (const page of pagesOf(part, source, signal)) {
      const [row] = await ask(count, columnsOf(page));
      missing += integer(row?.["missing"]);
    }
    if (missing === 0) continue;
    throw new VaultNotOpened(
      "in-use",
      `the vault of the cluster is in use, and lacks ${missing} ${what} of this node: the node went on after its data ` +
        "was moved. Nothing was changed; what the node recorded since has to be entered and erased in the cluster",
    );
  }
};
