import type { Position, RecordedEvent } from "../port.ts";
import type { StoredEvent } from "./stored-event.ts";

/** An event that was moved here, by its two positions. */
export interface Mark {
  /** In the log it came from. */
  readonly first: Position;
  /** On the server. */
  readonly server: Position;
}

/** A move that is complete. */
export interface MovedLog {
  /** Of some of the events, in order; the last event's is among them. */
  readonly marks: readonly Mark[];
  /** Where the move's end is noted on the server, after all moved events. */
  readonly end: Position;
}

/** How positions that are shown and the server's own belong together. */
export interface Numbering {
  /** The event as every door shows it. */
  readonly shown: (stored: StoredEvent) => RecordedEvent;
  /** Up to where a checkpoint of the server leads, in shown positions; rather too low than too high. */
  toShown(server: Position): Position;
  /** Whether the event at a position of the server was moved here. */
  isMoved(server: Position): boolean;
  /** Where to begin on the server so that nothing after a shown position is missed; -1n: at the start. */
  toServer(after: Position): Position;
  /** Where to begin on the server, going backwards, so that nothing before a shown position is missed. */
  toServerAbove(before: Position): Position;
}

/** Of a log that began on EventStoreDB: the positions are the server's. */
export const plainNumbering: Numbering = {
  shown: ({ event }) => event,
  toShown: (server) => server,
  isMoved: () => false,
  toServer: (after) => after,
  toServerAbove: (before) => before,
};

/**
 * Of a log that was moved here: its events keep their positions, later ones stand at the server's position plus the
 * moved log's head. Between the two numberings lead the marks.
 */
export const movedNumbering = ({ marks, end }: MovedLog): Numbering => {
  const last = marks.at(-1);
  if (last === undefined) return plainNumbering;
  const head = last.first;
  return {
    shown: ({ event, origin }) =>
      // An origin counts only where the move wrote: later ones are claims of whoever may append.
      origin === undefined || event.position > last.server
        ? { ...event, position: event.position + head }
        : { ...event, ...origin },
    toShown(server) {
      if (server > end) return server + head;
      return marks[countUpTo(marks, (mark) => mark.server <= server) - 1]?.first ?? -1n;
    },
    isMoved: (server) => server <= last.server,
    toServer(after) {
      if (after >= head) return higher(after - head, last.server);
      return marks[countUpTo(marks, (mark) => mark.first <= after) - 1]?.server ?? -1n;
    },
    toServerAbove(before) {
      if (before > head) return higher(before - head, end);
      return marks[countUpTo(marks, (mark) => mark.first < before)]?.server ?? end;
    },
  };
};

const higher = (one: Position, other: Position): Position => (one > other ? one : other);

/** How many marks pass, all the passing ones coming first. */
const countUpTo = (marks: readonly Mark[], passes: (mark: Mark) => boolean): number => {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const mark = marks[middle];
    if (mark !== undefined && passes(mark)) low = middle + 1;
    else high = middle;
  }
  return low;
};
