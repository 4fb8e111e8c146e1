import type { DecodedEvent, Decoder } from "@safar/contracts";
import type { EventStore, RecordedEvent } from "@safar/event-store";
import type { EventReference } from "./message.ts";

/** The log has not come as far yet as a message says, or the message lies. */
export class LogBehind extends Error {
  override readonly name = "LogBehind";
}

/** What stands in an event's place; undefined: nothing does. */
const standingAt = async (
  store: EventStore,
  { stream, revision }: EventReference,
): Promise<RecordedEvent | undefined> => {
  for await (const stored of store.readStream(stream, { from: revision, limit: 1 })) return stored;
  return undefined;
};

/**
 * The event itself comes from the log: messages leave personal fields out, and a forged one can bring no fact.
 * Undefined: the log has no such event. @throws LogBehind; StoreUnavailable
 */
export const findEvent = async (
  store: EventStore,
  decoder: Decoder,
  reference: EventReference,
): Promise<DecodedEvent | undefined> => {
  const { id, stream, revision, position } = reference;
  let stored = await standingAt(store, reference);
  if (!stored) {
    const head = await store.head();
    // A log that is read from a follower may be behind the relay's: what it does not have yet is waited for.
    if (head < position) throw new LogBehind(`the log ends at ${head}, before ${stream} ${revision} at ${position}`);
    // It may have come there since the look at the stream.
    stored = await standingAt(store, reference);
  }
  return stored?.id === id ? decoder.decode(stored) : undefined;
};
