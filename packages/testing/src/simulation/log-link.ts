import {
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type ExpectedRevision,
  type EventToAppend,
  type RecordedEvent,
  type SubscribeOptions,
  type SubscriptionMessage,
} from "@safar/event-store";
import { appendWithBug } from "./bugs/appends.ts";
import { BAD_DAY } from "./faults.ts";
import { never, type Incarnation } from "./incarnation.ts";
import type { Surroundings } from "./surroundings.ts";

/** Events of one message at most, so that a crash can come between any two of them. */
const MAX_MESSAGE_EVENTS = 12;
/** How often a subscription breaks, per message. */
const BREAKS = 0.003;

const unavailable = (outcome: "not-done" | "unknown"): StoreUnavailable =>
  new StoreUnavailable("the log does not answer", outcome === "unknown" ? "unknown" : "not-stored");

const all = async (events: AsyncIterable<RecordedEvent>): Promise<RecordedEvent[]> => {
  const read: RecordedEvent[] = [];
  for await (const event of events) read.push(event);
  return read;
};

/** A message as one that comes in pieces: the log promises no size. */
function* pieces(message: SubscriptionMessage, size: number): Generator<SubscriptionMessage> {
  if (message.kind === "caughtUp" || message.events.length <= size) return yield message;
  for (let from = 0; from < message.events.length; from += size) {
    const events = message.events.slice(from, from + size);
    const isLast = from + size >= message.events.length;
    yield { kind: "events", events, position: isLast ? message.position : events.at(-1)!.position };
  }
}

/** The log as one process sees it over a network: the same promises, kept through every fault. */
export const createLogLink = (surroundings: Surroundings, from: Incarnation): EventStore => {
  const { store, link, faults, schedule, chance, logAway } = surroundings;

  const ask = <T>(label: string, work: () => Promise<T>): Promise<T> =>
    link.ask({
      from,
      label,
      rates: BAD_DAY,
      failure: unavailable,
      work: () => (logAway.isAway ? Promise.reject(unavailable("not-done")) : work()),
    });

  const append = async (
    stream: string,
    expected: ExpectedRevision,
    events: readonly EventToAppend[],
  ): Promise<AppendResult> => {
    const attempt = { by: from.name, stream, expected, events };
    const buggy = appendWithBug(surroundings, from, attempt);
    const result = await (buggy ??
      ask(`append ${stream} ${expected} ${events[0]?.id ?? ""}`, () => surroundings.witness.append(attempt)));
    surroundings.witness.acknowledged(attempt, result);
    return result;
  };

  /** What was sent arrives a little later; while the log is away nothing does. */
  const arrival = (label: string): Promise<void> =>
    new Promise((resolve) => {
      const wait = (): void => {
        const { there, isHeldBack } = faults.deliver(BAD_DAY);
        schedule.after(there, label, () => (logAway.isAway ? wait() : resolve()), { owner: from, isHeldBack });
      };
      wait();
    });

  async function* messages(options: SubscribeOptions): AsyncGenerator<SubscriptionMessage, void> {
    const signal = AbortSignal.any([options.signal, from.crashed]);
    for await (const message of store.subscribe({ ...options, signal })) {
      for (const piece of pieces(message, chance.between(1, MAX_MESSAGE_EVENTS))) {
        await arrival(`${from.name} is sent ${piece.kind} ${piece.position}`);
        if (signal.aborted) return;
        if (faults.happens(BREAKS)) throw unavailable("not-done");
        yield piece;
      }
    }
    if (!from.isAlive) await never();
  }

  return {
    append,
    readStream: (stream, options) => ({
      async *[Symbol.asyncIterator]() {
        yield* await ask(`read ${stream}`, () => all(store.readStream(stream, options)));
      },
    }),
    readAll: (options) => ({
      async *[Symbol.asyncIterator]() {
        yield* await ask("read all", () => all(store.readAll(options)));
      },
    }),
    subscribe: (options) => ({ [Symbol.asyncIterator]: () => messages(options) }),
    head: () => ask("head", () => store.head()),
    close: () => Promise.resolve(),
  };
};
