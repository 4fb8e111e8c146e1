import type { Position, RecordedEvent } from "../port.ts";
import type { Connection } from "./connection.ts";
import { moveStateOf, MOVE_STREAM, type MoveState } from "./move-stream.ts";
import { movedNumbering, plainNumbering, type Numbering } from "./moved-log.ts";
import { readRawLog, readRawStream } from "./read-raw.ts";
import { MoveIncomplete } from "./move-incomplete.ts";
import type { StoredEvent } from "./stored-event.ts";

/** Whether a stream is ours: not the server's own, and not the move's. */
export const isOurs = (stream: string): boolean => !stream.startsWith("$") && stream !== MOVE_STREAM;

/** What the move's stream says at present. */
export const readMoveState = async (connection: Connection): Promise<MoveState> => {
  const events: StoredEvent[] = [];
  const all = { direction: "forwards", limit: Infinity } as const;
  for await (const chunk of readRawStream(connection, MOVE_STREAM, all)) events.push(...chunk);
  return moveStateOf(events);
};

/** The numbering, looked up once: a log is moved before it is used, never later. */
export interface KnownNumbering {
  present(): Numbering | undefined;
  /** @throws MoveIncomplete, StoreUnavailable */
  load(): Promise<Numbering>;
}

export const createNumbering = (connection: Connection): KnownNumbering => {
  let known: Numbering | undefined;
  let loading: Promise<Numbering> | undefined;
  const load = async (): Promise<Numbering> => {
    try {
      const { revision, completed } = await readMoveState(connection);
      if (revision !== -1 && completed === undefined) throw new MoveIncomplete();
      known = completed === undefined ? plainNumbering : movedNumbering(completed);
      return known;
    } finally {
      loading = undefined;
    }
  };
  return {
    present: () => known,
    load: () => (known === undefined ? (loading ??= load()) : Promise.resolve(known)),
  };
};

/** The last event that is ours. */
export const lastEvent = async (connection: Connection): Promise<StoredEvent | undefined> => {
  for await (const events of readRawLog(connection, { direction: "backwards", wanted: 1 })) {
    const found = events.find(({ event }) => isOurs(event.stream));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The position of the last event, as it is shown; -1n of an empty log. */
export const headOf = async (connection: Connection, numbering: Numbering): Promise<Position> => {
  const last = await lastEvent(connection);
  return last === undefined ? -1n : numbering.shown(last).position;
};

/** Shown events of what the server gave. */
export const shownEvents = (numbering: Numbering, events: readonly StoredEvent[]): RecordedEvent[] =>
  events.filter(({ event }) => isOurs(event.stream)).map(numbering.shown);
