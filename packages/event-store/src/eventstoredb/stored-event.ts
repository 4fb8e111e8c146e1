import type {
  AllStreamRecordedEvent,
  AllStreamResolvedEvent,
  RecordedEvent as ClientEvent,
  ResolvedEvent,
} from "@eventstore/db-client";
import type { RecordedEvent } from "../port.ts";
import { jsonBytes, readMetadata, type Origin } from "./metadata.ts";

/** An event as it stands in EventStoreDB: its position and time are the server's; `origin` has a moved event's first. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  readonly origin?: Origin;
}

/** Data of an event that somebody else has written as JSON comes as a value. */
const bytesOf = (data: unknown): Uint8Array => (data instanceof Uint8Array ? data : jsonBytes(data ?? null));

export const storedEvent = (given: ClientEvent | AllStreamRecordedEvent): StoredEvent => {
  const { metadata, origin } = readMetadata(given.metadata);
  if (given.position === undefined) throw new Error("this version of EventStoreDB gives events no position");
  const event: RecordedEvent = {
    id: given.id,
    type: given.type,
    data: bytesOf(given.data),
    metadata,
    stream: given.streamId,
    revision: Number(given.revision),
    position: given.position.commit,
    recordedAt: given.created.getTime(),
  };
  return origin === undefined ? { event } : { event, origin };
};

/** What the client read, without events that are gone. */
export const storedEvents = (chunk: readonly (ResolvedEvent | AllStreamResolvedEvent)[]): StoredEvent[] => {
  const events: StoredEvent[] = [];
  for (const { event } of chunk) if (event !== undefined) events.push(storedEvent(event));
  return events;
};
