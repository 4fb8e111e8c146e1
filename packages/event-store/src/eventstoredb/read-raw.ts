import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type ReadPosition,
  type ResolvedEvent,
} from "@eventstore/db-client";
import type { Direction, Position, Revision } from "../port.ts";
import type { Connection } from "./connection.ts";
import { isStreamNotFound, isUnknownPosition } from "./errors.ts";
import { BUFFERED_EVENTS, SYSTEM_EVENTS_MARGIN } from "./limits.ts";
import { readChunks } from "./read-chunks.ts";
import { storedEvent, type StoredEvent } from "./stored-event.ts";

/* What the server holds, system events too, at its own positions. Reads are the leader's: a follower may lag. */

const options = { highWaterMark: BUFFERED_EVENTS };

export interface RawStreamOptions {
  readonly from?: Revision | undefined;
  readonly direction: Direction;
  readonly limit: number;
}

/** A stream's events in chunks; a stream that does not exist gives none. */
export async function* readRawStream(
  connection: Connection,
  stream: string,
  { from, direction, limit }: RawStreamOptions,
): AsyncGenerator<readonly StoredEvent[], void> {
  let left = limit;
  let next = from;
  const step = direction === "forwards" ? 1 : -1;
  const chunks = readChunks<ResolvedEvent>(connection, {
    meant: isStreamNotFound,
    open: (client) =>
      client.readStream(
        stream,
        {
          direction: direction === "forwards" ? FORWARDS : BACKWARDS,
          fromRevision: next === undefined ? (direction === "forwards" ? START : END) : BigInt(next),
          maxCount: Math.min(left, Number.MAX_SAFE_INTEGER),
          requiresLeader: true,
        },
        options,
      ),
  });
  try {
    for await (const chunk of chunks) {
      const events = chunk.flatMap(({ event }) => (event === undefined ? [] : [storedEvent(event)]));
      next = (events.at(-1)?.event.revision ?? 0) + step;
      left -= events.length;
      yield events;
      if (left <= 0 || next < 0) return;
    }
  } catch (problem) {
    if (!isStreamNotFound(problem)) throw problem;
  }
}

export interface RawLogOptions {
  readonly direction: Direction;
  /** Forwards: events after it; backwards: before it. Absent: from the start, from the end. Need not be an event's. */
  readonly from?: Position | undefined;
  /** How many the reader wants, as far as it knows: so that the server does not send many more. */
  readonly wanted: number;
}

/** The log's events in chunks. */
export async function* readRawLog(
  connection: Connection,
  { direction, from, wanted }: RawLogOptions,
): AsyncGenerator<readonly StoredEvent[], void> {
  const forwards = direction === "forwards";
  const maxCount = Math.min(wanted + SYSTEM_EVENTS_MARGIN, Number.MAX_SAFE_INTEGER);
  const isWithin = (position: Position): boolean =>
    from === undefined || (forwards ? position > from : position < from);
  let place: Position | undefined = from;
  let received: number;
  const read = () =>
    readChunks<AllStreamResolvedEvent>(connection, {
      meant: (problem) => place === from && isUnknownPosition(problem),
      open(client) {
        received = 0;
        const fromPosition = readPosition(place, forwards ? START : END);
        const direction = forwards ? FORWARDS : BACKWARDS;
        return client.readAll({ direction, fromPosition, maxCount, requiresLeader: true }, options);
      },
    });
  do {
    received = 0;
    try {
      for await (const chunk of read()) {
        received += chunk.length;
        const events = chunk.flatMap(({ event }) => (event === undefined ? [] : [storedEvent(event)]));
        // Forwards the server begins with the event at the position itself, after a break too.
        const before = place;
        const fresh = events.filter(({ event }) => isWithin(event.position) && event.position !== before);
        place = events.at(-1)?.event.position ?? place;
        if (fresh.length > 0) yield fresh;
      }
    } catch (problem) {
      if (place !== from || from === undefined || !isUnknownPosition(problem)) throw problem;
      // No event stands there. Forwards the last one before it is looked for; backwards those after it are left out.
      place = forwards ? await lastUpTo(connection, from) : undefined;
      if (place === from) throw problem;
      received = maxCount;
    }
  } while (received >= maxCount);
}

const readPosition = (position: Position | undefined, otherwise: typeof START | typeof END): ReadPosition =>
  position === undefined || position < 0n ? otherwise : { commit: position, prepare: position };

/**
 * Where a subscription can begin so that it misses nothing after a position: the position itself where an event stands
 * there, or where it lies beyond the end, else the last event's before it.
 */
export const placeFor = async (connection: Connection, position: Position): Promise<Position> => {
  if (position < 0n) return -1n;
  const fromPosition = { commit: position, prepare: position };
  const chunks = readChunks<AllStreamResolvedEvent>(connection, {
    meant: isUnknownPosition,
    open: (client) => client.readAll({ direction: FORWARDS, fromPosition, maxCount: 1, requiresLeader: true }),
  });
  try {
    for await (const _ of chunks) break;
    return position;
  } catch (problem) {
    if (!isUnknownPosition(problem)) throw problem;
    return lastUpTo(connection, position);
  }
};

/** The position of the last event up to one that need not be an event's; -1n: there is none. */
export const lastUpTo = async (connection: Connection, position: Position): Promise<Position> => {
  for await (const events of readRawLog(connection, { direction: "backwards", wanted: Infinity })) {
    const found = events.find(({ event }) => event.position <= position);
    if (found !== undefined) return found.event.position;
  }
  return -1n;
};
