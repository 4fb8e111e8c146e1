import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { Verdict } from "../verdict.ts";
import { isAccessRecord } from "./access-records.ts";
import type { LogAudit } from "./log.ts";

/** What became of every published event at every durable subscriber. */
export interface Subscribers {
  /** A durable takes these events; said again at each of its starts. */
  subscribed(consumer: {
    readonly durable: string;
    readonly categories: readonly string[];
    readonly types: readonly string[] | "all";
  }): void;
  /** An event was taken in full. */
  taken(durable: string, event: DecodedEvent): void;
  /**
   * Somebody has purged the stream: until it is built anew, what was and is in it may come after what was published later.
   * @param isHoled whether it has not been yet
   */
  purged(isHoled: () => boolean): void;
  /** Durables that an event up to here has not reached. */
  behind(position: bigint): readonly string[];
  /** Nothing is under way any more: every event was taken. */
  verify(): void;
}

interface Subscriber {
  wants(event: DecodedEvent): boolean;
  readonly taken: Set<string>;
  /** Events that have not been taken, in the log's order. */
  readonly waiting: Map<string, DecodedEvent>;
  /** How many of the log's events were looked at. */
  looked: number;
  /** Position of the last event of each case that was taken for the first time. */
  readonly last: Map<string, bigint>;
}

export const createSubscribers = (audit: LogAudit, decoder: Decoder, verdict: Verdict): Subscribers => {
  const subscribers = new Map<string, Subscriber>();
  let purgedUpTo = -1n;
  let isHoled = (): boolean => false;
  const head = (): bigint => audit.events.at(-1)?.position ?? -1n;

  const waitingOf = (subscriber: Subscriber): ReadonlyMap<string, DecodedEvent> => {
    for (; subscriber.looked < audit.events.length; subscriber.looked += 1) {
      const event = audit.events[subscriber.looked]!;
      if (subscriber.wants(event) && !subscriber.taken.has(event.id)) subscriber.waiting.set(event.id, event);
    }
    return subscriber.waiting;
  };

  return {
    subscribed({ durable, categories, types }) {
      if (subscribers.has(durable)) return;
      const [wantedCategories, wantedTypes] = [new Set(categories), new Set(types)];
      subscribers.set(durable, {
        wants: (event) =>
          wantedCategories.has(categoryOf(event.stream)) &&
          (types === "all" || wantedTypes.has(event.type)) &&
          decoder.contractOf(event)?.isPublished === true,
        taken: new Set(),
        waiting: new Map(),
        looked: 0,
        last: new Map(),
      });
    },
    taken(durable, event) {
      const subscriber = subscribers.get(durable);
      if (isAccessRecord(event)) verdict.broken(10, `${durable} was told of a reading (${event.stream})`);
      if (!subscriber || subscriber.taken.has(event.id)) return;
      subscriber.taken.add(event.id);
      subscriber.waiting.delete(event.id);
      if (isHoled()) purgedUpTo = head();
      const line = event.meta.caseId ?? event.stream;
      const last = subscriber.last.get(line) ?? -1n;
      if (event.position < last && event.position <= purgedUpTo) return;
      if (event.position < last)
        verdict.broken(8, `${durable} took ${event.type} of ${event.stream} after a later event of the same case`);
      else subscriber.last.set(line, event.position);
    },
    purged(isHoledStill) {
      isHoled = isHoledStill;
      purgedUpTo = head();
    },
    behind: (position) =>
      [...subscribers]
        .filter(([, subscriber]) => {
          const [first] = waitingOf(subscriber).values();
          return first !== undefined && first.position <= position;
        })
        .map(([durable]) => durable),
    verify() {
      for (const [durable, subscriber] of subscribers) {
        const [first] = waitingOf(subscriber).values();
        if (first) verdict.broken(8, `${first.type} of ${first.stream} at ${first.position} never reached ${durable}`);
      }
    },
  };
};
