import { randomUUID } from "node:crypto";
import type { EventStore, EventToAppend, ExpectedRevision, RecordedEvent } from "../../src/index.ts";

const text = new TextEncoder();

/** An event with an id of its own; `note` tells it from others. */
export const eventOf = (note: string, more: Partial<EventToAppend> = {}): EventToAppend => ({
  id: randomUUID(),
  type: "NoteTaken",
  data: text.encode(JSON.stringify({ note })),
  metadata: text.encode("{}"),
  ...more,
});

export const noteOf = ({ data }: Pick<EventToAppend, "data">): string => {
  const body: unknown = JSON.parse(new TextDecoder().decode(data));
  return typeof body === "object" && body !== null && "note" in body ? String(body.note) : "";
};

export const notesOf = (events: readonly Pick<RecordedEvent, "data">[]): string[] => events.map(noteOf);

/** A stream of its own in a category. */
export const streamIn = (category: string): string => `${category}-${randomUUID()}`;

/** Appends each note as an event and an append of its own, one after the other, to a stream that ends at `expected`. */
export const writeNotes = async (
  store: EventStore,
  stream: string,
  notes: readonly string[],
  expected: ExpectedRevision = "no-stream",
): Promise<EventToAppend[]> => {
  const events = notes.map((note) => eventOf(note));
  let at = expected;
  for (const event of events) at = (await store.append(stream, at, [event])).revision;
  return events;
};

export const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

/** What a reader must get of an event: everything but position and time, which the log gives. */
export const withoutPlace = ({ id, type, data, metadata }: EventToAppend) => ({
  id,
  type,
  data: Buffer.from(data).toString("hex"),
  metadata: Buffer.from(metadata).toString("hex"),
});
