import type { CategoryFilter, Direction, Position, ReadAllOptions, ReadStreamOptions } from "../port.ts";
import { checkFilter } from "../local/category.ts";
import type { Look } from "../local/subscription.ts";
import type { NextPage } from "./read-pages.ts";
import type { Page, Range, Reader } from "./reader.ts";

const numberIn = (value: bigint, low: bigint, high: bigint): number =>
  Number(value < low ? low : value > high ? high : value);

/** Goes through a range page by page, in its direction, until it or the limit is used up. */
const pagesOf = (
  whole: { low: number; high: number; direction: Direction; limit: number },
  read: (range: Range) => Page,
  placeOf: (event: Page["events"][number]) => number,
): NextPage => {
  let { low, high, limit } = whole;
  const { direction } = whole;
  let complete = false;
  return () => {
    if (complete || limit <= 0 || low >= high) return undefined;
    const page = read({ low, high, direction, limit });
    const last = page.events.at(-1);
    complete = page.complete;
    limit -= page.events.length;
    if (last === undefined) return undefined;
    if (direction === "forwards") low = placeOf(last);
    else high = placeOf(last) - 1;
    return page;
  };
};

const readLog = (reader: Reader, filter: CategoryFilter | undefined, range: Range): Page =>
  filter === undefined ? reader.readLog(range) : reader.readCategories(filter.categories, range);

/** The whole log up to `head`, or the part that the options name. */
export const readAllPages = (reader: Reader, head: Position, options: ReadAllOptions): NextPage => {
  const { after, before, direction = "forwards", limit = Infinity, filter } = options;
  checkFilter(filter);
  const low = direction === "forwards" ? numberIn(after ?? -1n, -1n, head) : -1;
  const high = Number(direction === "backwards" && before !== undefined && before <= head ? before - 1n : head);
  return pagesOf(
    { low, high, direction, limit },
    (range) => readLog(reader, filter, range),
    ({ position }) => Number(position),
  );
};

/** A stream, or the part that the options name. */
export const readStreamPages = (reader: Reader, stream: number, options: ReadStreamOptions): NextPage => {
  const { from, direction = "forwards", limit = Infinity } = options;
  const low = direction === "forwards" ? (from ?? 0) - 1 : -1;
  const high = direction === "backwards" ? (from ?? Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
  return pagesOf(
    { low, high, direction, limit },
    (range) => reader.readStream(stream, range),
    ({ revision }) => revision,
  );
};

/** What a subscription sees that is further behind than the tail in memory. */
export const lookInFile = (
  reader: Reader,
  after: Position,
  head: Position,
  filter: CategoryFilter | undefined,
): Look => {
  const high = Number(head);
  const low = numberIn(after, -1n, head);
  const page = readLog(reader, filter, { low, high, direction: "forwards", limit: Infinity });
  const last = page.events.at(-1)?.position ?? after;
  return { events: page.events, position: page.complete ? head : last };
};
