import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { Consumer } from "@safar/event-bus";
import type { Verdict } from "../verdict.ts";
import type { LogAudit } from "./log.ts";

/** What became of every published event at every durable subscriber. */
export interface Subscribers {
  /** A durable takes these events; said again at each of its starts. */
  subscribed(consumer: Pick<Consumer, "durable" | "categories" | "types">): void;
  /** An event was taken in full. */
  taken(durable: string, event: DecodedEvent): void;
  /** Nothing is under way any more: every event was taken. */
  verify(): void;
}

interface Subscriber {
  readonly categories: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  readonly taken: Set<string>;
  /** Position of the last event of each case that was taken for the first time. */
  readonly last: Map<string, bigint>;
}

export const createSubscribers = (audit: LogAudit, decoder: Decoder, verdict: Verdict): Subscribers => {
  const subscribers = new Map<string, Subscriber>();
  return {
    subscribed({ durable, categories, types }) {
      if (subscribers.has(durable)) return;
      subscribers.set(durable, {
        categories: new Set(categories),
        types: new Set(types),
        taken: new Set(),
        last: new Map(),
      });
    },
    taken(durable, event) {
      const subscriber = subscribers.get(durable);
      if (!subscriber || subscriber.taken.has(event.id)) return;
      subscriber.taken.add(event.id);
      const line = event.meta.caseId ?? event.stream;
      const last = subscriber.last.get(line) ?? -1n;
      if (event.position < last)
        verdict.broken(8, `${durable} took ${event.type} of ${event.stream} after a later event of the same case`);
      else subscriber.last.set(line, event.position);
    },
    verify() {
      for (const [durable, { categories, types, taken }] of subscribers)
        for (const event of audit.events) {
          if (!categories.has(categoryOf(event.stream)) || !types.has(event.type) || taken.has(event.id)) continue;
          if (decoder.contractOf(event)?.isPublished === false) continue;
          verdict.broken(8, `${event.type} of ${event.stream} at ${event.position} never reached ${durable}`);
          return;
        }
    },
  };
};
