import type { RecordedEvent } from "../port.ts";
import type { Page } from "./reader.ts";

/** Reads one page after the other; undefined when there is nothing more. */
export type NextPage = () => Page | undefined;

/**
 * Events one by one, pages as they are needed: a reader who stops early reads no more, one who is slow holds a page.
 * Written out, not as an async generator, which would take about as long for each event as reading it does.
 * @param begin is called at the first event, so that each iteration reads what is there by then.
 */
export const eventsOfPages = (begin: () => NextPage, giveWay: () => Promise<void>): AsyncIterable<RecordedEvent> => ({
  [Symbol.asyncIterator]() {
    let nextPage: NextPage | undefined;
    let events: readonly RecordedEvent[] = [];
    let index = 0;
    let ended = false;

    const next = (): Promise<IteratorResult<RecordedEvent, undefined>> => {
      const event = ended ? undefined : events[index];
      if (event === undefined) return turn();
      index += 1;
      return Promise.resolve({ done: false, value: event });
    };
    const turn = async (): Promise<IteratorResult<RecordedEvent, undefined>> => {
      if (!ended) await giveWay();
      nextPage ??= begin();
      const page = ended ? undefined : nextPage();
      const event = page?.events[0];
      if (page === undefined || event === undefined) {
        ended = true;
        return { done: true, value: undefined };
      }
      events = page.events;
      index = 1;
      return { done: false, value: event };
    };
    return {
      next,
      async return() {
        ended = true;
        events = [];
        return { done: true, value: undefined };
      },
    };
  },
});
