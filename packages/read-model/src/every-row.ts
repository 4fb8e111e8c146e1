import { MAX_PAGE } from "./limits.ts";
import type { Row, Table } from "./projection.ts";

type Query<R extends Row> = NonNullable<Parameters<Table<R>["find"]>[0]>;
type Found<R extends Row> = ReturnType<Table<R>["find"]>["items"][number];

/** All rows that match, in the order of their keys, however many pages they are; each page is read when it is wanted. */
export function* everyRow<R extends Row>(table: Table<R>, where?: Query<R>["where"]): Generator<Found<R>, void> {
  let cursor: string | undefined;
  do {
    const query: Query<R> = { ...(where && { where }), order: "key", limit: MAX_PAGE };
    const page = table.find(cursor === undefined ? query : { ...query, cursor });
    yield* page.items;
    cursor = page.next;
  } while (cursor !== undefined);
}
