import { isDeepStrictEqual } from "node:util";
import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { everyRow } from "./every-row.ts";
import type { AnyProjection, Projection, ReadModel, Row, Table } from "./projection.ts";

/** The plain reading of a projection, without batches, files or restarts: what a read model is compared with. */

export interface FoldedRow<R extends Row> {
  readonly row: R;
  /** Of the last event that changed it. */
  readonly position: bigint;
}

const frozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
};

/** Brings one event into rows that were folded so far. Rows are frozen, so a projection that changes one throws. */
const foldInto = <R extends Row>(
  rows: Map<string, FoldedRow<R>>,
  projection: Pick<Projection<R>, "categories" | "keysOf" | "project">,
  event: DecodedEvent,
): void => {
  if (!projection.categories.includes(categoryOf(event.stream))) return;
  for (const key of projection.keysOf(event)) {
    const before = rows.get(key)?.row;
    const row = projection.project(before, event, key);
    if (row === before) continue;
    if (row === undefined) rows.delete(key);
    else rows.set(key, { row: frozen(row), position: event.position });
  }
};

/** The rows of a history, by key. */
export const foldProjection = <R extends Row>(
  projection: Pick<Projection<R>, "categories" | "keysOf" | "project">,
  events: Iterable<DecodedEvent>,
): ReadonlyMap<string, FoldedRow<R>> => {
  const rows = new Map<string, FoldedRow<R>>();
  for (const event of events) foldInto(rows, projection, event);
  return rows;
};

export interface Difference {
  readonly projection: string;
  readonly key: string;
  /** By the log's history; undefined: there should be no row. */
  readonly expected?: FoldedRow<Row>;
  /** In the read model; undefined: the row is missing. */
  readonly actual?: FoldedRow<Row>;
}

const rowsByKey = (table: Table<Row>): ReadonlyMap<string, FoldedRow<Row>> =>
  new Map([...everyRow(table)].map(({ key, row, position }) => [key, { row, position }]));

/** As it would be read back from the file. */
const asStored = ({ row, position }: FoldedRow<Row>): FoldedRow<Row> => ({
  row: JSON.parse(JSON.stringify(row)) as Row,
  position,
});

const differencesOf = (
  projection: string,
  folded: ReadonlyMap<string, FoldedRow<Row>>,
  actual: ReadonlyMap<string, FoldedRow<Row>>,
): Difference[] => {
  const differences: Difference[] = [];
  for (const key of new Set([...folded.keys(), ...actual.keys()])) {
    const row = folded.get(key);
    const expected = row && asStored(row);
    const found = actual.get(key);
    if (isDeepStrictEqual(expected, found)) continue;
    differences.push({ projection, key, ...(expected && { expected }), ...(found && { actual: found }) });
  }
  return differences;
};

/**
 * Compares every row of a read model with the fold of the log up to the read model's position. Reads the whole log and
 * keeps all rows in memory: for tests and audits.
 */
export const verifyReadModel = async (options: {
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly projections: readonly AnyProjection[];
  readonly readModel: ReadModel;
}): Promise<readonly Difference[]> => {
  const { store, decoder, projections, readModel } = options;
  const filter = { categories: [...new Set(projections.flatMap((projection) => projection.categories))] };
  const folds = projections.map((projection) => ({ projection, rows: new Map<string, FoldedRow<Row>>() }));
  let folded = -1n;
  // The read model may go on meanwhile; once the fold has reached it, both are compared without a break.
  for (let target = readModel.position(); folded < target; target = readModel.position()) {
    for await (const stored of store.readAll({ filter, ...(folded >= 0n && { after: folded }) })) {
      if (stored.position > target) break;
      const event = decoder.decode(stored);
      for (const { projection, rows } of folds) foldInto(rows, projection, event);
    }
    folded = target;
  }
  return folds.flatMap(({ projection, rows }) =>
    differencesOf(projection.name, rows, rowsByKey(readModel.table(projection as Projection<Row>))),
  );
};
