import type { Position, RecordedEvent } from "../port.ts";
import type { Connection } from "./connection.ts";
import { LEAP_STREAM, leapingNumbering, leapsOf, type Leap } from "./leaps.ts";
import { moveStateOf, MOVE_STREAM, type MoveState } from "./move-stream.ts";
import { movedNumbering, plainNumbering, type Numbering } from "./moved-log.ts";
import { readRawLog, readRawStream } from "./read-raw.ts";
import { MoveIncomplete } from "./move-incomplete.ts";
import type { StoredEvent } from "./stored-event.ts";

/** Streams in which the log's own numbering is noted. */
export const isNumbering = (stream: string): boolean => stream === MOVE_STREAM || stream === LEAP_STREAM;

/** Whether a stream is ours: not the server's own, and not the numbering's. */
export const isOurs = (stream: string): boolean => !stream.startsWith("$") && !isNumbering(stream);

const readWhole = async (connection: Connection, stream: string): Promise<readonly StoredEvent[]> => {
  const events: StoredEvent[] = [];
  const all = { direction: "forwards", limit: Infinity } as const;
  for await (const chunk of readRawStream(connection, stream, all)) events.push(...chunk);
  return events;
};

/** What the move's stream says at present. */
export const readMoveState = async (connection: Connection): Promise<MoveState> =>
  moveStateOf(await readWhole(connection, MOVE_STREAM));

/** Where positions leap, since the log was restored to an older state. */
export const readLeaps = async (connection: Connection): Promise<readonly Leap[]> =>
  leapsOf(await readWhole(connection, LEAP_STREAM));

/** The numbering, looked up once: a log is moved, or goes on after a restore, before it is used, never later. */
export interface KnownNumbering {
  present(): Numbering | undefined;
  /** @throws MoveIncomplete, StoreUnavailable */
  load(): Promise<Numbering>;
  /**
   * For who meets an event with an origin in a log that was taken for one that began here. Either somebody claims it, or
   * a move was begun after this process had looked: then the process has to end, as its positions are wrong for good.
   * @throws MoveIncomplete
   */
  confirmPlain(): Promise<void>;
}

export const createNumbering = (connection: Connection): KnownNumbering => {
  let known: Numbering | undefined;
  let loading: Promise<Numbering> | undefined;
  let isConfirmed = false;
  const load = async (): Promise<Numbering> => {
    try {
      const { revision, completed } = await readMoveState(connection);
      if (revision !== -1 && completed === undefined) throw new MoveIncomplete();
      const under = completed === undefined ? plainNumbering : movedNumbering(completed);
      known = leapingNumbering(under, await readLeaps(connection));
      return known;
    } finally {
      loading = undefined;
    }
  };
  return {
    present: () => known,
    load: () => (known === undefined ? (loading ??= load()) : Promise.resolve(known)),
    async confirmPlain() {
      if (isConfirmed || known !== plainNumbering) return;
      const { revision } = await readMoveState(connection);
      // A log that holds events of its own is no target of a move any more: it need not be asked again.
      isConfirmed = revision === -1;
      if (isConfirmed) return;
      connection.onFatal(new Error("a log is moved to this EventStoreDB, which this process had found empty before"));
      throw new MoveIncomplete();
    },
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

/** Shown events of what the server gave, as far as they pass. One loop: every event that is read comes through here. */
export const shownEvents = (
  numbering: Numbering,
  events: readonly StoredEvent[],
  passes: (event: RecordedEvent) => boolean,
): RecordedEvent[] => {
  const shown: RecordedEvent[] = [];
  for (const stored of events) {
    if (!isOurs(stored.event.stream)) continue;
    const event = numbering.shown(stored);
    if (passes(event)) shown.push(event);
  }
  return shown;
};
