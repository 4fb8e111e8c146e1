import { isDeepStrictEqual } from "node:util";
import { text } from "../../columns.ts";
import type { Connections } from "../connections.ts";
import { MAX_MOVED_ROWS } from "../limits.ts";
import type { RowsPart } from "./parts.ts";
import type { Source } from "./source.ts";

export type Row = readonly string[];

const movedRows = async ({ ask }: Connections, sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  (await ask(sql, values)).map((row) => Object.values(row).map(text));

export const columnsOf = (rows: readonly Row[]): readonly (readonly string[])[] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));

/** The rows of a vault that is moved, page by page. */
export function* pagesOf(part: RowsPart, source: Source, signal?: AbortSignal): Generator<readonly Row[]> {
  for (let cursor = part.start; ;) {
    signal?.throwIfAborted();
    const rows = source.ask(part.read, [...cursor, MAX_MOVED_ROWS]);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    cursor = part.cursorOf(last);
  }
}

/** The same stretch of both: what stands in it there and here. */
export interface Stretch {
  readonly rows: readonly Row[];
  readonly moved: readonly Row[];
}

/** Reads both from the beginning, in one order, stretch by stretch. */
export async function* stretchesOf(
  part: RowsPart,
  source: Source,
  target: Connections,
  signal?: AbortSignal,
): AsyncGenerator<Stretch> {
  for (let cursor: Row | undefined = part.start; cursor !== undefined;) {
    signal?.throwIfAborted();
    const rows = source.ask(part.read, [...cursor, MAX_MOVED_ROWS]);
    const moved = await movedRows(target, part.readMoved, [...cursor, MAX_MOVED_ROWS]);
    const ends = [rows, moved].flatMap((page) => (page.length < MAX_MOVED_ROWS ? [] : page.slice(-1)));
    const end: Row | undefined = ends.map(part.cursorOf).sort(inOrder)[0];
    const upToEnd = (row: Row): boolean => end === undefined || inOrder(part.cursorOf(row), end) <= 0;
    if (rows.length + moved.length > 0) yield { rows: rows.filter(upToEnd), moved: moved.filter(upToEnd) };
    cursor = end;
  }
}

const inOrder = (left: Row, right: Row): number => {
  const column = left.findIndex((value, index) => value !== right[index]);
  return column === -1 ? 0 : (left[column] ?? "") < (right[column] ?? "") ? -1 : 1;
};

/** Rows of the first that the second does not hold as they are. */
export const missingFrom = (rows: readonly Row[], others: readonly Row[]): readonly Row[] => {
  const known = new Set(others.map((row) => row.join(" ")));
  return rows.filter((row) => !known.has(row.join(" ")));
};

/** @throws Error where they differ, which says nothing of what differs but where */
export const compareRows = async (
  part: RowsPart,
  source: Source,
  target: Connections,
  signal?: AbortSignal,
): Promise<void> => {
  let compared = 0;
  for await (const { rows, moved } of stretchesOf(part, source, target, signal)) {
    if (!isDeepStrictEqual(moved, rows)) {
      throw new Error(
        `the moved ${part.name} differ from the vault's after ${compared} rows: empty the target, repeat`,
      );
    }
    compared += rows.length;
  }
};
