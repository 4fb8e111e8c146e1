import {
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendResult,
  type EventStore,
  type EventToAppend,
  type Position,
  type RecordedEvent,
  type Revision,
} from "../port.ts";
import { sendAppend, type PreparedAppend } from "./append.ts";
import type { Connection } from "./connection.ts";
import { FIRST_RETRY_MILLISECONDS, LAST_RETRY_MILLISECONDS, MARK_EVENTS, PROGRESS_EVENTS } from "./limits.ts";
import { movedMetadata, ownBytes } from "./metadata.ts";
import { moveBatches } from "./move-batches.ts";
import { MoveRefused } from "./move-refused.ts";
import { markData, MOVE_BEGUN, MOVE_COMPLETED, MOVE_MARKED, MOVE_STREAM } from "./move-stream.ts";
import type { Mark } from "./moved-log.ts";

export interface MoveParts {
  readonly connection: Connection;
  readonly from: EventStore;
  readonly signal: AbortSignal;
  /** Throws once the connection hangs for good. */
  readonly checkAlive: () => void;
  readonly progress: (phase: "copying" | "verifying", events: number, position: Position) => void;
}

/** Where a move is. */
export interface MovePlace {
  /** Last revision of the move's own stream. */
  revision: Revision;
  /** The last event that was moved. */
  last: Mark | undefined;
}

/**
 * Appends with the same ids and revision until it is known to be stored, or the signal aborts.
 * @throws MoveRefused where something else stands there.
 */
const appendSurely = async (parts: MoveParts, append: PreparedAppend): Promise<AppendResult> => {
  for (let wait = FIRST_RETRY_MILLISECONDS; ; wait = Math.min(2 * wait, LAST_RETRY_MILLISECONDS)) {
    parts.signal.throwIfAborted();
    parts.checkAlive();
    try {
      return await sendAppend(parts.connection, append);
    } catch (problem) {
      if (problem instanceof WrongExpectedRevision)
        throw new MoveRefused(`${append.stream} holds other events on the target: ${problem.message}`);
      if (!(problem instanceof StoreUnavailable)) throw problem;
    }
    await parts.connection.environment.timers.sleep(wait, parts.signal);
  }
};

const expectedBefore = (revision: Revision): PreparedAppend["expected"] =>
  revision === 0 ? "no-stream" : revision - 1;

/** Notes in the move's own stream how far it is. */
const note = async (parts: MoveParts, place: MovePlace, type: string): Promise<void> => {
  const event: EventToAppend = {
    id: parts.connection.environment.random.uuid(),
    type,
    data: place.last === undefined ? new TextEncoder().encode("{}") : markData(place.last),
    metadata: new Uint8Array(0),
  };
  const { id, data, metadata } = event;
  await appendSurely(parts, {
    stream: MOVE_STREAM,
    expected: expectedBefore(place.revision + 1),
    bytes: data.byteLength,
    events: [{ id, type, contentType: "application/octet-stream", data, metadata }],
  });
  place.revision += 1;
};

const movedAppend = (events: readonly RecordedEvent[], first: RecordedEvent): PreparedAppend => ({
  stream: first.stream,
  expected: expectedBefore(first.revision),
  bytes: events.reduce((bytes, { data }) => bytes + data.byteLength, 0),
  events: events.map(({ id, type, data, metadata, position, recordedAt }) => ({
    id,
    type,
    contentType: "application/octet-stream",
    data: ownBytes(data),
    metadata: movedMetadata(metadata, { position, recordedAt }),
  })),
});

/**
 * Copies what the source holds after `place`, one append after the other: so the server's order is the source's.
 * @returns how many events were copied.
 */
export const copyEvents = async (parts: MoveParts, place: MovePlace): Promise<number> => {
  if (place.revision === -1) await note(parts, place, MOVE_BEGUN);
  let copied = 0;
  let sinceMark = 0;
  let told = 0;
  for await (const batch of moveBatches(parts.from.readAll({ after: place.last?.first ?? -1n }))) {
    const [first, last] = [batch[0], batch.at(-1)];
    if (first === undefined || last === undefined) continue;
    const { position } = await appendSurely(parts, movedAppend(batch, first));
    if (place.last !== undefined && position <= place.last.server)
      throw new MoveRefused(`${first.stream} stands on the target already, at another place of the log`);
    place.last = { first: last.position, server: position };
    copied += batch.length;
    sinceMark += batch.length;
    if (sinceMark >= MARK_EVENTS) {
      await note(parts, place, MOVE_MARKED);
      sinceMark = 0;
    }
    if (copied - told >= PROGRESS_EVENTS) {
      told = copied;
      parts.progress("copying", copied, last.position);
    }
  }
  return copied;
};

export const noteCompletion = (parts: MoveParts, place: MovePlace): Promise<void> => note(parts, place, MOVE_COMPLETED);
