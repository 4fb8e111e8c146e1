import { FORWARDS, type AllStreamResolvedEvent } from "@eventstore/db-client";
import { UnknownPosition, type Position } from "../port.ts";
import type { Connection } from "./connection.ts";
import { isUnknownPosition } from "./errors.ts";
import { readChunks } from "./read-chunks.ts";
import { lastUpTo } from "./read-raw.ts";

/**
 * Where a subscription can begin so that it misses nothing after a position: the position itself where an event stands
 * there, or where it lies beyond the end, else the last event's before it. @throws UnknownPosition where that would have to be searched for.
 */
export const placeFor = async (
  connection: Connection,
  position: Position,
  signal: AbortSignal | undefined,
): Promise<Position> => {
  if (position < 0n) return -1n;
  const fromPosition = { commit: position, prepare: position };
  const chunks = readChunks<AllStreamResolvedEvent>(connection, {
    signal,
    meant: isUnknownPosition,
    open: (client) => client.readAll({ direction: FORWARDS, fromPosition, maxCount: 1, requiresLeader: true }),
  });
  try {
    for await (const _ of chunks) break;
    return position;
  } catch (problem) {
    if (!isUnknownPosition(problem)) throw problem;
    return lastUpTo(connection, position, signal);
  }
};

/** A consumer that stands where no event does loses nothing: it is led there from the start, however long that takes. */
export const placeOrStart = async (
  connection: Connection,
  position: Position,
  signal: AbortSignal,
): Promise<Position> => {
  try {
    return await placeFor(connection, position, signal);
  } catch (problem) {
    if (!(problem instanceof UnknownPosition)) throw problem;
    connection.report(new Error(`a subscription comes to position ${position} from the start: ${problem.message}`));
    return -1n;
  }
};
