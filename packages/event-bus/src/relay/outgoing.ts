import { categoryOf, UnknownEvent, type Decoder } from "@safar/contracts";
import type { RecordedEvent } from "@safar/event-store";
import { messageOf } from "../lifecycle/message.ts";
import type { LifecycleMessage } from "../lifecycle/port.ts";

/** What of the log goes out, and how. */
export interface Outgoing {
  /** Undefined: it is private. @throws where this program cannot read it: a newer one wrote it, and it must not be lost */
  messageOf(stored: RecordedEvent): LifecycleMessage | undefined;
  isPublished(stored: RecordedEvent): boolean;
}

export const createOutgoing = (decoder: Decoder, relay: string): Outgoing => {
  const known = new Set(decoder.categories);
  const isPublished = (stored: RecordedEvent): boolean => {
    const contract = decoder.contractOf(stored);
    if (contract) return contract.isPublished;
    // The log's own streams.
    if (stored.stream.startsWith("$")) return false;
    const what = known.has(categoryOf(stored.stream)) ? stored.type : `${stored.stream}'s category`;
    throw new UnknownEvent(`no contract describes ${what}: a newer release of the relay is needed`);
  };
  return {
    isPublished,
    messageOf: (stored) => (isPublished(stored) ? messageOf(decoder, decoder.decode(stored), relay) : undefined),
  };
};
