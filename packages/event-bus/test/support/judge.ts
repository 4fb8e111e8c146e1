import type { DecodedEvent } from "@safar/contracts";
import { connect, DeliverPolicy, AckPolicy } from "nats";
import { referenceOf, STREAM } from "../../src/index.ts";
import type { EventStore } from "@safar/event-store";
import { decoder } from "../journeys.ts";

/** Ids of the log's published events, in the log's order. */
export const publishedIds = async (store: EventStore): Promise<string[]> => {
  const ids: string[] = [];
  for await (const stored of store.readAll()) if (decoder.contractOf(stored)?.isPublished) ids.push(stored.id);
  return ids;
};

/** Ids of the relay's messages in the stream, in its order, by a look of our own; and how many others there are. */
export const streamIds = async (url: string): Promise<{ readonly ids: string[]; readonly foreign: number }> => {
  const nats = await connect({ servers: url });
  try {
    const jetstream = nats.jetstream();
    const manager = await nats.jetstreamManager();
    const { messages } = (await manager.streams.info(STREAM)).state;
    const ids: string[] = [];
    let foreign = 0;
    if (messages === 0) return { ids, foreign };
    const { name } = await manager.consumers.add(STREAM, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.All,
      mem_storage: true,
      inactive_threshold: 60_000_000_000,
    });
    const consumer = await jetstream.consumers.get(STREAM, name);
    for await (const message of await consumer.consume({ max_messages: 1_000 })) {
      const headers = Object.fromEntries([...(message.headers ?? [])].map(([key, [value]]) => [key, value ?? ""]));
      const reference = referenceOf({ sequence: message.seq, subject: message.subject, headers });
      if (reference) ids.push(reference.id);
      else foreign += 1;
      if (message.info.pending === 0) break;
    }
    await manager.consumers.delete(STREAM, name);
    return { ids, foreign };
  } finally {
    await nats.close();
  }
};

/**
 * Events that came out of their case's order: an event may come again, and then all after it may, but none comes
 * before all earlier ones of its case came.
 */
export const outOfOrder = (seen: readonly DecodedEvent[], written: readonly DecodedEvent[]): string[] => {
  const caseOf = (event: DecodedEvent): string => event.meta.caseId ?? event.stream;
  const orders = Map.groupBy(written, caseOf);
  const reached = new Map<string, number>();
  const faults: string[] = [];
  for (const event of seen) {
    const place = (orders.get(caseOf(event)) ?? []).findIndex(({ id }) => id === event.id);
    const due = reached.get(caseOf(event)) ?? 0;
    if (place > due) faults.push(`${caseOf(event)}: ${place} where ${due} was due`);
    reached.set(caseOf(event), Math.max(due, place + 1));
  }
  return faults;
};

/** The log's published events, decoded. */
export const publishedEvents = async (store: EventStore): Promise<DecodedEvent[]> => {
  const events: DecodedEvent[] = [];
  for await (const stored of store.readAll())
    if (decoder.contractOf(stored)?.isPublished) events.push(decoder.decode(stored));
  return events;
};
