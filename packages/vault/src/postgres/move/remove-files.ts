import { text } from "../../columns.ts";
import { removeRow } from "../files.ts";
import { MAX_MOVED_ROWS } from "../limits.ts";
import type { FilesTarget } from "./copy-files.ts";
import type { Source } from "./source.ts";

const MOVED = "SELECT name, subject, object FROM safar_vault.files WHERE name > $1 ORDER BY name LIMIT $2";
const HELD = "SELECT name FROM files WHERE name = ? AND subject = ? AND file = ?";

/** Removes the files that an earlier try moved and that the node has removed or replaced since. */
export const removeFiles = async (
  source: Source,
  { connections, loose }: FilesTarget,
  signal?: AbortSignal,
): Promise<void> => {
  for (let after = ""; ;) {
    signal?.throwIfAborted();
    const rows = await connections.ask(MOVED, [after, MAX_MOVED_ROWS]);
    for (const row of rows) {
      after = text(row["name"]);
      const subject = text(row["subject"]);
      if (source.ask(HELD, [after, subject, text(row["object"])]).length > 0) continue;
      await connections.transaction((ask) => removeRow(ask, after));
      await loose.removeOf(subject);
    }
    if (rows.length < MAX_MOVED_ROWS) return;
  }
};
