import type { CategoryFilter, ReadAllOptions, ReadStreamOptions, RecordedEvent } from "../port.ts";
import { categoryOf, categoryTest, checkFilter } from "../local/category.ts";
import type { Connection } from "./connection.ts";
import { followOnServer, toldOf, type FollowedItem } from "./follow-raw.ts";
import { CATCH_UP_WINDOW } from "./limits.ts";
import { isOurs, shownEvents, type KnownNumbering } from "./log-on-server.ts";
import type { Numbering } from "./moved-log.ts";
import { readChunks } from "./read-chunks.ts";
import { placeFor } from "./place.ts";
import { readRawLog, readRawStream } from "./read-raw.ts";
import type { ReadSlots } from "./slots.ts";
import type { StoredEvent } from "./stored-event.ts";

/** What reading needs. */
export interface ReadParts {
  readonly connection: Connection;
  readonly numbering: KnownNumbering;
  readonly slots: ReadSlots;
}

type Chunks = AsyncIterable<readonly RecordedEvent[]>;

/** Events one by one, each time read anew, at most `limit`; nothing is read where that is none. */
const events = (
  parts: ReadParts,
  limit: number,
  begin: (numbering: Numbering) => Chunks,
  signal?: AbortSignal,
): AsyncIterable<RecordedEvent> => ({
  async *[Symbol.asyncIterator]() {
    let left = limit;
    parts.connection.checkOpen();
    if (left <= 0) return;
    const free = await parts.slots.take(signal);
    try {
      const numbering = parts.numbering.present() ?? (await parts.numbering.load());
      for await (const chunk of begin(numbering)) {
        for (const event of chunk) {
          yield event;
          left -= 1;
          if (left <= 0) return;
          signal?.throwIfAborted();
        }
      }
    } finally {
      free();
    }
  },
});

export const readStream = (
  parts: ReadParts,
  stream: string,
  options: ReadStreamOptions,
): AsyncIterable<RecordedEvent> => {
  const { from, direction = "forwards", limit = Infinity } = options;
  return events(parts, limit, async function* (numbering) {
    if (!isOurs(stream)) return;
    for await (const chunk of readRawStream(parts.connection, stream, { from, direction, limit }))
      yield chunk.map(numbering.shown);
  });
};

export const readAll = (parts: ReadParts, options: ReadAllOptions): AsyncIterable<RecordedEvent> => {
  const { direction = "forwards", limit = Infinity, filter, signal } = options;
  const begin = (numbering: Numbering): Chunks => {
    checkFilter(filter);
    if (direction === "backwards") return backwards(parts, options, numbering);
    return filter === undefined ? forwards(parts, options, numbering) : filtered(parts, options, filter, numbering);
  };
  return events(parts, limit, begin, signal);
};

async function* forwards({ connection }: ReadParts, options: ReadAllOptions, numbering: Numbering): Chunks {
  const { after = -1n, limit: wanted = Infinity, signal } = options;
  const from = numbering.toServer(after);
  for await (const chunk of readRawLog(connection, {
    direction: "forwards",
    from: from < 0n ? undefined : from,
    wanted,
    signal,
  }))
    yield shownEvents(numbering, chunk, ({ position }) => position > after);
}

async function* backwards({ connection }: ReadParts, options: ReadAllOptions, numbering: Numbering): Chunks {
  const { before, filter, limit = Infinity, signal } = options;
  const passes = categoryTest(filter);
  const from = before === undefined ? undefined : numbering.toServerAbove(before);
  const wanted = filter === undefined ? limit : Infinity;
  for await (const chunk of readRawLog(connection, { direction: "backwards", from, wanted, signal })) {
    yield shownEvents(
      numbering,
      chunk,
      ({ position, stream }) => (before === undefined || position < before) && passes(categoryOf(stream)),
    );
  }
}

/** By a subscription up to where it has caught up, as the server filters nothing else. */
async function* filtered(
  { connection }: ReadParts,
  { after = -1n, signal }: ReadAllOptions,
  filter: CategoryFilter,
  numbering: Numbering,
): Chunks {
  const passes = categoryTest(filter);
  let place = await placeFor(connection, numbering.toServer(after), signal);
  const chunks = readChunks<FollowedItem>(connection, {
    signal,
    open: (client) => followOnServer(client, { after: place, filter, window: CATCH_UP_WINDOW }),
  });
  for await (const chunk of chunks) {
    const found: StoredEvent[] = [];
    let caughtUp = false;
    for (const item of chunk) {
      const told = toldOf(item);
      if (told?.kind === "caughtUp") caughtUp = true;
      if (told?.kind === "checkpoint") place = told.position;
      if (told?.kind !== "event") continue;
      place = told.stored.event.position;
      found.push(told.stored);
    }
    yield shownEvents(numbering, found, ({ position, stream }) => position > after && passes(categoryOf(stream)));
    if (caughtUp) return;
  }
}
