import type { EventStore, Position, RecordedEvent, SubscribeOptions, SubscriptionMessage } from "../../src/index.ts";
import { environment } from "./environment.ts";

/** Longest wait for a message that has to come, on a loaded machine. */
const LONGEST_MS = 30_000;

/** A subscription that a test pulls message by message. */
export interface Watch {
  /** The next message; undefined once the subscription has ended. */
  next(): Promise<SubscriptionMessage | undefined>;
  /** Pulls until `count` events have come since the last call. */
  events(count: number): Promise<RecordedEvent[]>;
  /** Pulls until the subscription says that it has caught up; gives the events that came before. */
  untilCaughtUp(): Promise<RecordedEvent[]>;
  /** Pulls until everything up to a position has been looked at. */
  untilPosition(position: Position): Promise<RecordedEvent[]>;
  /** Where to resume after what was pulled. */
  position(): Position | undefined;
  abort(): void;
}

export const watch = (store: EventStore, options: Omit<SubscribeOptions, "signal">): Watch => {
  const controller = new AbortController();
  const messages = store.subscribe({ ...options, signal: controller.signal })[Symbol.asyncIterator]();
  let position: Position | undefined;

  const pull = async (): Promise<SubscriptionMessage | undefined> => {
    const result = await messages.next();
    if (result.done === true) return undefined;
    position = result.value.position;
    return result.value;
  };
  const next = async (): Promise<SubscriptionMessage | undefined> => {
    const waiting = new AbortController();
    const tooLate = environment.timers.sleep(LONGEST_MS, waiting.signal).then(
      () => Promise.reject(new Error(`nothing came after position ${String(position)}`)),
      () => undefined,
    );
    try {
      return await Promise.race([pull(), tooLate]);
    } finally {
      waiting.abort();
    }
  };
  const until = async (reached: (message: SubscriptionMessage, events: RecordedEvent[]) => boolean) => {
    const events: RecordedEvent[] = [];
    for (;;) {
      const message = await next();
      if (message === undefined) throw new Error(`the subscription ended after ${events.length} events`);
      if (message.kind === "events") events.push(...message.events);
      if (reached(message, events)) return events;
    }
  };
  return {
    next,
    events: (count) => (count === 0 ? Promise.resolve([]) : until((_, events) => events.length >= count)),
    untilCaughtUp: () => until(({ kind }) => kind === "caughtUp"),
    untilPosition: (wanted) => until((message) => message.position >= wanted),
    position: () => position,
    abort: () => controller.abort(),
  };
};
