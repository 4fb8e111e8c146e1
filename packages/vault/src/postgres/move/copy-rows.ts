import { isDeepStrictEqual } from "node:util";
import { text } from "../../columns.ts";
import type { Connections } from "../connections.ts";
import { MAX_MOVED_ROWS } from "../limits.ts";
import type { RowsPart } from "./parts.ts";
import type { Source } from "./source.ts";

type Row = readonly string[];

const movedRows = async ({ ask }: Connections, sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await ask(sql, values)).map((row) => Object.values(row).map(text));

/** In order and page by page, each durable at once; it goes on after the last row that is there. */
export const copyRows = async (
  part: RowsPart,
  source: Source,
  target: Connections,
  onCopied: (rows: number) => void,
  signal?: AbortSignal,
): Promise<void> => {
  const [last] = await movedRows(target, part.readLast, []);
  let cursor = last ?? part.start;
  for (;;) {
    signal?.throwIfAborted();
    const rows = source.ask(part.read, [...cursor, MAX_MOVED_ROWS]);
    const lastRow = rows.at(-1);
    if (!lastRow) return;
    await target.ask(part.write, columnsOf(rows));
    cursor = part.cursorOf(lastRow);
    onCopied(rows.length);
  }
};

const columnsOf = (rows: readonly Row[]): readonly (readonly string[])[] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));

/** Reads both from the beginning. @throws Error where they differ, which says nothing of what differs but where */
export const compareRows = async (
  part: RowsPart,
  source: Source,
  target: Connections,
  signal?: AbortSignal,
): Promise<void> => {
  let cursor = part.start;
  for (let compared = 0; ;) {
    signal?.throwIfAborted();
    const rows = source.ask(part.read, [...cursor, MAX_MOVED_ROWS]);
    const moved = await movedRows(target, part.readMoved, [...cursor, MAX_MOVED_ROWS]);
    if (!isDeepStrictEqual(moved, rows)) {
      throw new Error(
        `the moved ${part.name} differ from the vault's after ${compared} rows: empty the target, repeat`,
      );
    }
    const lastRow = rows.at(-1);
    if (!lastRow) return;
    cursor = part.cursorOf(lastRow);
    compared += rows.length;
  }
};
