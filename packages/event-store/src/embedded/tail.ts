import { categoryOf, categoryTest } from "../local/category.ts";
import { firstAfter } from "../local/first-after.ts";
import type { Look } from "../local/subscription.ts";
import type { CategoryFilter, Position, RecordedEvent } from "../port.ts";
import { TAIL_BYTES, TAIL_EVENTS, TAIL_LOOK_EVENTS } from "./limits.ts";

/** The newest events in memory, so that live subscribers, however many, do not read the file. */
export interface Tail {
  head(): Position;
  push(events: readonly RecordedEvent[]): void;
  /** Undefined when the tail does not reach back to this position. */
  look(after: Position, filter: CategoryFilter | undefined): Look | undefined;
}

const bytesOf = ({ data, metadata }: RecordedEvent): number => data.byteLength + metadata.byteLength;

export const createTail = (start: Position): Tail => {
  let events: RecordedEvent[] = [];
  let bytes = 0;
  /** Everything after it is here. */
  let floor = start;
  let head = start;

  /** Drops the older half at once: dropping one by one would move the whole list each time. */
  const shorten = (): void => {
    let kept = events.length;
    let keptBytes = 0;
    while (kept > 0 && events.length - kept < TAIL_EVENTS / 2) {
      const event = events[kept - 1];
      if (event === undefined || keptBytes + bytesOf(event) > TAIL_BYTES / 2) break;
      keptBytes += bytesOf(event);
      kept -= 1;
    }
    floor = events[kept - 1]?.position ?? floor;
    events = events.slice(kept);
    bytes = keptBytes;
  };

  return {
    head: () => head,
    push(added) {
      for (const event of added) {
        events.push(event);
        bytes += bytesOf(event);
      }
      head = added.at(-1)?.position ?? head;
      if (events.length > TAIL_EVENTS || bytes > TAIL_BYTES) shorten();
    },
    look(after, filter) {
      if (after < floor) return undefined;
      const start = firstAfter(events, after);
      const seen = events.slice(start, start + TAIL_LOOK_EVENTS);
      const passes = categoryTest(filter);
      return {
        events: filter === undefined ? seen : seen.filter(({ stream }) => passes(categoryOf(stream))),
        position: seen.at(-1)?.position ?? after,
      };
    },
  };
};
