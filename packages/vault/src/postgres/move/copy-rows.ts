import { VaultNotOpened } from "../../port.ts";
import type { Connections } from "../connections.ts";
import type { RowsPart } from "./parts.ts";
import { columnsOf, missingFrom, stretchesOf } from "./rows.ts";
import type { Source } from "./source.ts";

/**
 * Brings the target's rows to what the source holds, each stretch durable at once. What an earlier try copied stays, as
 * far as the source still holds it: the node may have gone on in between.
 * @throws VaultNotOpened where the target holds more than the source, which no node that went on can explain
 */
export const copyRows = async (
  part: RowsPart,
  source: Source,
  target: Connections,
  onCopied: (rows: number) => void,
  signal?: AbortSignal,
): Promise<void> => {
  for await (const { rows, moved } of stretchesOf(part, source, target, signal)) {
    const surplus = missingFrom(moved, rows);
    if (surplus.length > 0) {
      if (part.remove === undefined) throw olderThanBefore(part);
      await target.ask(part.remove, columnsOf(surplus));
    }
    const fresh = missingFrom(rows, moved);
    if (fresh.length === 0) continue;
    await target.ask(part.write, columnsOf(fresh));
    onCopied(fresh.length);
  }
};

const olderThanBefore = ({ name }: RowsPart): VaultNotOpened =>
  new VaultNotOpened(
    "not-a-vault",
    `the target holds ${name} that this vault does not: it is of an older state than the one whose move was begun. ` +
      "Move the newer one, or empty the target and erase again whom the newer one had erased",
  );
