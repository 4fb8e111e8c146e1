import type { Timers } from "@safar/kernel";
import type { CategoryFilter, Position, RecordedEvent, SubscribeOptions, SubscriptionMessage } from "../port.ts";
import type { Bell, Waiter } from "./bell.ts";
import { checkFilter } from "./category.ts";

/** First and longest wait after a read failed; doubled in between. Long enough not to storm a sick disk. */
export const FIRST_RETRY_MILLISECONDS = 50;
export const LAST_RETRY_MILLISECONDS = 5_000;

/** What one look at the log gave. */
export interface Look {
  readonly events: readonly RecordedEvent[];
  /** Everything up to here has been looked at. */
  readonly position: Position;
}

/** A log in this process, as a subscription sees it. */
export interface WatchedLog {
  readonly bell: Bell;
  readonly timers: Timers;
  head(): Position;
  /** Throws the reason once the log is closed. */
  checkOpen(): void;
  /** At most a page of what stands after a position. */
  look(after: Position, filter: CategoryFilter | undefined): Look | Promise<Look>;
  /** Told of every failed read before it is tried again. */
  report(problem: unknown): void;
}

/**
 * One subscription. It pulls: nothing is read before its consumer asks, so that a slow one holds no memory
 * and stops nobody. Ends without an error when the signal aborts, with StoreUnavailable when the log is closed.
 */
export const follow = (log: WatchedLog, options: SubscribeOptions): AsyncIterable<SubscriptionMessage> => {
  const { after, filter } = options;
  checkFilter(filter);
  const start = after === "start" ? -1n : after === "end" ? log.head() : after;
  return { [Symbol.asyncIterator]: () => messages(log, start, options) };
};

async function* messages(
  log: WatchedLog,
  start: Position,
  { filter, signal }: SubscribeOptions,
): AsyncGenerator<SubscriptionMessage, void> {
  const waiter: Waiter = { wake: undefined };
  const wake = (): void => log.bell.release(waiter);
  signal.addEventListener("abort", wake, { once: true });
  let position = start;
  let caughtUp = false;
  try {
    while (!isAborted(signal)) {
      log.checkOpen();
      const look = await lookUntilItWorks(log, position, filter, signal);
      if (look === undefined || isAborted(signal)) return;
      const isAtHead = log.head() <= look.position;
      if (look.position > position) {
        position = look.position;
        yield { kind: "events", events: look.events, position };
      }
      if (isAtHead && !caughtUp && !isAborted(signal)) {
        caughtUp = true;
        yield { kind: "caughtUp", position };
      }
      if (log.head() > position || isAborted(signal)) continue;
      // Closed while its consumer was busy: nobody rings for that again.
      log.checkOpen();
      await log.bell.wait(waiter);
    }
  } finally {
    signal.removeEventListener("abort", wake);
  }
}

/** Asked anew after each wait: the type checker believes that the first answer still holds. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Undefined when the signal aborts first. */
const lookUntilItWorks = async (
  log: WatchedLog,
  position: Position,
  filter: CategoryFilter | undefined,
  signal: AbortSignal,
): Promise<Look | undefined> => {
  for (let wait = FIRST_RETRY_MILLISECONDS; ; wait = Math.min(2 * wait, LAST_RETRY_MILLISECONDS)) {
    try {
      return await log.look(position, filter);
    } catch (problem) {
      log.checkOpen();
      log.report(problem);
    }
    try {
      await log.timers.sleep(wait, signal);
    } catch {
      return undefined;
    }
  }
};
