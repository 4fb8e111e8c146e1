import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type AllStreamResolvedEvent,
  type ReadPosition,
  type ResolvedEvent,
} from "@eventstore/db-client";
import { UnknownPosition, type Direction, type Position, type Revision } from "../port.ts";
import type { Connection } from "./connection.ts";
import { isStreamNotFound, isUnknownPosition } from "./errors.ts";
import { BUFFERED_EVENTS, SYSTEM_EVENTS_MARGIN } from "./limits.ts";
import { readChunks } from "./read-chunks.ts";
import { storedEvents, type StoredEvent } from "./stored-event.ts";

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
      const events = storedEvents(chunk);
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
  readonly signal?: AbortSignal | undefined;
}

/** The log's events in chunks. @throws UnknownPosition where none stands at `from`, nor it among the newest ones. */
export async function* readRawLog(
  connection: Connection,
  { direction, from, wanted, signal }: RawLogOptions,
): AsyncGenerator<readonly StoredEvent[], void> {
  const forwards = direction === "forwards";
  const maxCount = Math.min(wanted + SYSTEM_EVENTS_MARGIN, Number.MAX_SAFE_INTEGER);
  const isWithin = (position: Position): boolean =>
    from === undefined || (forwards ? position > from : position < from);
  let place: Position | undefined = from;
  let received: number;
  /** Events on the wrong side of `from` that may still be looked through. */
  let searchable = Infinity;
  const read = () =>
    readChunks<AllStreamResolvedEvent>(connection, {
      signal,
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
        const events = storedEvents(chunk);
        // Forwards the server begins with the event at the position itself, after a break too.
        const before = place;
        const fresh = events.filter(({ event }) => isWithin(event.position) && event.position !== before);
        place = events.at(-1)?.event.position ?? place;
        if (fresh.length > 0) yield fresh;
        else searchable -= events.length;
        if (searchable <= 0) throw new UnknownPosition();
      }
    } catch (problem) {
      if (place !== from || from === undefined || !isUnknownPosition(problem)) throw problem;
      // No event stands there. Forwards the last one before it is looked for; backwards those after it are left out.
      place = forwards ? await lastUpTo(connection, from, signal) : undefined;
      searchable = forwards ? Infinity : connection.limits.placeSearchEvents;
      if (place === from) throw problem;
      received = maxCount;
    }
  } while (received >= maxCount);
}

const readPosition = (position: Position | undefined, otherwise: typeof START | typeof END): ReadPosition =>
  position === undefined || position < 0n ? otherwise : { commit: position, prepare: position };

/**
 * The position of the last event up to one that need not be an event's; -1n: there is none.
 * @throws UnknownPosition where it is not among the newest ones.
 */
export const lastUpTo = async (
  connection: Connection,
  position: Position,
  signal: AbortSignal | undefined,
): Promise<Position> => {
  const { placeSearchEvents } = connection.limits;
  let looked = 0;
  for await (const events of readRawLog(connection, { direction: "backwards", wanted: placeSearchEvents, signal })) {
    const found = events.find(({ event }) => event.position <= position);
    if (found !== undefined) return found.event.position;
    looked += events.length;
    if (looked >= placeSearchEvents) throw new UnknownPosition();
  }
  return -1n;
};
