import type { AllStreamRecordedEvent, RecordedEvent as ClientEvent } from "@eventstore/db-client";
import type { RecordedEvent } from "../port.ts";
import { readMetadata, type Origin } from "./metadata.ts";

/** An event as it stands in EventStoreDB: its position and time are the server's; `origin` has a moved event's first. */
export interface StoredEvent {
  readonly event: RecordedEvent;
  readonly origin?: Origin;
}

const utf8 = new TextEncoder();

/** Data of an event that somebody else has written as JSON comes as a value. */
const bytesOf = (data: unknown): Uint8Array =>
  data instanceof Uint8Array ? data : utf8.encode(JSON.stringify(data ?? null));

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
