import type { Environment } from "@safar/kernel";
import { createBell } from "../local/bell.ts";
import { categoryOf, categoryTest, checkFilter } from "../local/category.ts";
import { checkAppend } from "../local/check-append.ts";
import { firstAfter } from "../local/first-after.ts";
import { follow, type Look } from "../local/subscription.ts";
import {
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendResult,
  type CategoryFilter,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type SubscribeOptions,
} from "../port.ts";

/** Events looked at by one pull of a subscription: few enough that a test sees several pages. */
const LOOK_EVENTS = 256;

export interface MemoryEventStoreOptions {
  readonly environment: Environment;
  /** The first event stands above this position. Default: -1n. */
  readonly firstPositionAbove?: Position;
  /** What one append may have. Default: `MAX_APPEND_BYTES`. */
  readonly maxAppendBytes?: number;
}

/**
 * A log without a disk, for tests and the simulation: the same answers as the embedded one, and the same order of
 * everything for the same calls. It uses no timers; all it knows is lost with it.
 */
export const openMemoryEventStore = (options: MemoryEventStoreOptions): EventStore => {
  const { clock, timers } = options.environment;
  const log: RecordedEvent[] = [];
  const streams = new Map<string, RecordedEvent[]>();
  const bell = createBell();
  let nextPosition = (options.firstPositionAbove ?? -1n) + 1n;
  let lastRecordedAt = 0;
  let closed = false;

  const checkOpen = (): void => {
    if (closed) throw new StoreUnavailable("the log is closed", "not-stored");
  };
  const head = (): Position => log.at(-1)?.position ?? -1n;

  const record = (stream: string, earlier: RecordedEvent[], events: readonly EventToAppend[]): void => {
    // A clock that goes back would otherwise make an earlier fact look later than its successor.
    lastRecordedAt = Math.max(lastRecordedAt, Math.trunc(clock.now()));
    for (const { id, type, data, metadata } of events) {
      const recorded: RecordedEvent = {
        id,
        type,
        data: data.slice(),
        metadata: metadata.slice(),
        stream,
        revision: earlier.length,
        position: nextPosition,
        recordedAt: lastRecordedAt,
      };
      nextPosition += 1n;
      earlier.push(recorded);
      log.push(recorded);
    }
  };

  const append = (stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): AppendResult => {
    checkAppend(stream, expected, events, options.maxAppendBytes);
    checkOpen();
    const recorded = streams.get(stream) ?? [];
    const first = expected === "no-stream" ? 0 : expected + 1;
    if (first !== recorded.length && !isRepeat(recorded, first, events)) {
      throw new WrongExpectedRevision(stream, expected, recorded.at(-1)?.revision ?? "no-stream");
    }
    if (first === recorded.length) {
      streams.set(stream, recorded);
      record(stream, recorded, events);
      bell.ring();
    }
    const last = recorded[first + events.length - 1];
    if (last === undefined) throw new Error("an append that was accepted has no last event");
    return { revision: last.revision, position: last.position };
  };

  const readStream = (stream: string, options: ReadStreamOptions): readonly RecordedEvent[] => {
    const { from, direction = "forwards", limit = Infinity } = options;
    checkOpen();
    const recorded = streams.get(stream) ?? [];
    const chosen =
      direction === "forwards" ? recorded.slice(from ?? 0) : recorded.slice(0, (from ?? recorded.length) + 1).reverse();
    return chosen.slice(0, limit);
  };

  const readAll = (options: ReadAllOptions): readonly RecordedEvent[] => {
    const { after = -1n, before, direction = "forwards", limit = Infinity, filter } = options;
    checkOpen();
    checkFilter(filter);
    const passes = categoryTest(filter);
    const chosen =
      direction === "forwards"
        ? log.slice(firstAfter(log, after))
        : log.slice(0, before === undefined ? log.length : firstAfter(log, before - 1n)).reverse();
    return chosen.filter((event) => passes(categoryOf(event.stream))).slice(0, limit);
  };

  const look = (after: Position, filter: CategoryFilter | undefined): Look => {
    const passes = categoryTest(filter);
    const start = firstAfter(log, after);
    const seen = log.slice(start, start + LOOK_EVENTS);
    return {
      events: seen.filter((event) => passes(categoryOf(event.stream))),
      position: seen.at(-1)?.position ?? after,
    };
  };

  const watched = { bell, timers, head, checkOpen, look, report: () => undefined };

  return {
    append: async (stream, expected, events) => append(stream, expected, events),
    readStream: (stream, options = {}) => iterable(() => readStream(stream, options)),
    readAll: (options = {}) => iterable(() => readAll(options), options.signal),
    subscribe: (subscription: SubscribeOptions) => follow(watched, subscription),
    async head() {
      checkOpen();
      return head();
    },
    async close() {
      closed = true;
      bell.ring();
    },
  };
};

/** True when exactly these ids stand in the stream from `first` on: then the append has been done before. */
const isRepeat = (recorded: readonly RecordedEvent[], first: number, events: readonly EventToAppend[]): boolean =>
  events.every((event, index) => recorded[first + index]?.id === event.id);

/** What a read gives is chosen when it begins, and anew each time it does. */
const iterable = (choose: () => readonly RecordedEvent[], signal?: AbortSignal): AsyncIterable<RecordedEvent> => ({
  async *[Symbol.asyncIterator]() {
    signal?.throwIfAborted();
    for (const event of choose()) {
      yield event;
      signal?.throwIfAborted();
    }
  },
});
