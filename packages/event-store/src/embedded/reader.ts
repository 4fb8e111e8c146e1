import { DatabaseSync } from "node:sqlite";
import type { Direction, RecordedEvent } from "../port.ts";
import { PAGE_BYTES, PAGE_EVENTS } from "./limits.ts";
import { createPageQueries, type EventHead, type PageQuery } from "./page-queries.ts";
import { setUpConnection } from "./schema.ts";

/** A part of the log or of a stream: positions or revisions above `low`, up to `high`. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly direction: Direction;
  /** At most so many events; a page has its own limits besides. */
  readonly limit: number;
}

export interface Page {
  readonly events: readonly RecordedEvent[];
  /** True when the range holds no more events than these. */
  readonly complete: boolean;
}

/** Reads the file on a connection of its own, which sees what is committed and holds the writer up in nothing. */
export interface Reader {
  readonly database: DatabaseSync;
  readLog(range: Range): Page;
  readCategories(categories: readonly string[], range: Range): Page;
  readStream(stream: number, range: Range): Page;
  close(): void;
}

export const openReader = (file: string): Reader => {
  const database = new DatabaseSync(file, { readOnly: true });
  setUpConnection(database);
  const queries = createPageQueries(database);
  const categoryId = database.prepare("SELECT id FROM categories WHERE name = ?");
  return {
    database,
    readLog: (range) => readPage(queries("log", range.direction), range, {}, positionOf),
    readStream: (stream, range) => readPage(queries("stream", range.direction), range, { stream }, revisionOf),
    readCategories(names, range) {
      const ids = [...new Set(names)].flatMap((name) => categoryId.get(name)?.["id"] ?? []);
      if (ids.length === 0) return { events: [], complete: true };
      const parameters = Object.fromEntries(ids.map((id, index) => [`category${index}`, Number(id)]));
      return readPage(queries({ categories: ids.length }, range.direction), range, parameters, positionOf);
    },
    close: () => database.close(),
  };
};

const positionOf = ([position]: EventHead): number => position;
const revisionOf = ([, , revision]: EventHead): number => revision;

/** @param placeOf what the range is of */
const readPage = (
  query: PageQuery,
  range: Range,
  parameters: Record<string, number>,
  placeOf: (head: EventHead) => number,
): Page => {
  const { low, high } = range;
  const limit = Math.min(range.limit, PAGE_EVENTS);
  const heads = JSON.parse(String(query.heads.get({ ...parameters, low, high, limit })?.["heads"])) as EventHead[];
  const fitting = fittingHeads(heads);
  if (fitting.length === 0) return { events: [], complete: true };
  // The writer may commit between the two looks, and what it adds would come first when going backwards.
  const seen = Math.max(...fitting.map(placeOf));
  const bytes = query.bytes.get({ ...parameters, low, high: seen, limit: fitting.length })?.["bytes"];
  if (!(bytes instanceof Uint8Array)) throw new Error("the events of a page have no bytes");
  return { events: assemble(fitting, bytes), complete: fitting.length === heads.length && heads.length < limit };
};

/** The first events of a page that stay within its bytes; at least one. */
const fittingHeads = (heads: readonly EventHead[]): readonly EventHead[] => {
  let bytes = 0;
  const tooMuch = heads.findIndex(([, , , , , , dataLength, metadataLength], index) => {
    bytes += dataLength + metadataLength;
    return bytes > PAGE_BYTES && index > 0;
  });
  return tooMuch === -1 ? heads : heads.slice(0, tooMuch);
};

const assemble = (heads: readonly EventHead[], bytes: Uint8Array): RecordedEvent[] => {
  let offset = 0;
  const part = (length: number): Uint8Array => bytes.subarray(offset, (offset += length));
  const events = heads.map(([position, stream, revision, recordedAt, id, type, dataLength, metadataLength]) => ({
    id,
    type,
    data: part(dataLength),
    metadata: part(metadataLength),
    stream,
    revision,
    position: BigInt(position),
    recordedAt,
  }));
  if (offset !== bytes.byteLength) throw new Error("the heads of a page do not match its bytes");
  return events;
};
