import type { EventToAppend } from "@safar/event-store";
import type { Timers } from "@safar/kernel";
import type { BatchAppendRequest, BatchError, ProposedMessage, UuidMessage } from "../protocol/messages.ts";
import { streamNameOf } from "../stream-names.ts";
import { uuidOf } from "../uuids.ts";
import { badRequest, batchTimeout } from "./batch-errors.ts";
import { expectedOf, type Expected } from "./expected.ts";
import { eventOf } from "./proposed.ts";
import { countedBytes, MAX_APPEND_BYTES } from "./size.ts";

/** Appends of one call of which only a part has come. Clients send the parts of one after the other. */
const MAX_PARTIAL_APPENDS = 64;
/** How long EventStoreDB waits for the rest of an append, in milliseconds: its WriteTimeoutMs. */
const PARTIAL_APPEND_MS = 2_000;

/** Whom an answer goes to. */
export interface Addressee {
  readonly correlationId: UuidMessage;
  readonly stream: string;
}

/** An append of a batch call, as far as it has come. */
export interface PartialAppend extends Addressee {
  readonly key: string;
  readonly expected: Expected;
  readonly events: EventToAppend[];
  bytes: number;
}

/** Puts appends together that come in parts; what can never become one is refused. */
export const createPartialAppends = (options: {
  readonly timers: Timers;
  readonly refuse: (addressee: Addressee, error: BatchError) => void;
}) => {
  const { timers, refuse } = options;
  const partial = new Map<string, PartialAppend>();

  /** The append that a part belongs to; its first part says what it is about. */
  const appendOf = (request: BatchAppendRequest): PartialAppend | BatchError | undefined => {
    const { options: about, correlationId = {} } = request;
    const key = uuidOf(correlationId);
    if (key === undefined) return badRequest("Unrecognized Guid format.");
    if (about === undefined) return partial.get(key);
    const expected = expectedOf(about.expectedStreamPosition, about.streamPosition);
    if (expected === undefined) return badRequest("The append says nothing of the stream's expected revision.");
    if (partial.size >= MAX_PARTIAL_APPENDS) return badRequest("Too many appends of which only a part has come.");
    const stream = streamNameOf(about.streamIdentifier);
    const begun: PartialAppend = { key, correlationId, stream, expected, events: [], bytes: 0 };
    partial.set(key, begun);
    return begun;
  };
  /** False where one of the events is refused. */
  const addEvents = (append: PartialAppend, messages: readonly ProposedMessage[]): boolean => {
    for (const message of messages) {
      const proposed = eventOf(message);
      if (!("id" in proposed)) {
        refuse(append, badRequest("wrong" in proposed ? proposed.wrong : `The event has no "${proposed.missing}".`));
        return false;
      }
      append.events.push(proposed);
      append.bytes += countedBytes(proposed);
    }
    return true;
  };
  /**
   * Like EventStoreDB: what is not complete by then has timed out, and where one of its events was refused before, that
   * is a second answer. Its Node client comes to grief over it, so who uses that has to see it in tests.
   */
  const giveUpLater = (append: PartialAppend): void => {
    timers.after(PARTIAL_APPEND_MS, () => {
      if (partial.get(append.key) !== append) return;
      partial.delete(append.key);
      refuse(append, batchTimeout());
    });
  };

  return {
    /** The append that is complete with this part, if one is. One that is too large is, whatever is to come. */
    add(request: BatchAppendRequest): PartialAppend | undefined {
      const append = appendOf(request);
      if (append === undefined) return undefined;
      if ("code" in append) {
        const { correlationId = {}, options: about } = request;
        refuse({ correlationId, stream: streamNameOf(about?.streamIdentifier) }, append);
        return undefined;
      }
      const isComplete = addEvents(append, request.proposedMessages ?? []) && request.isFinal === true;
      if (isComplete || append.bytes > MAX_APPEND_BYTES) {
        partial.delete(append.key);
        return append;
      }
      if (request.options !== undefined) giveUpLater(append);
      return undefined;
    },
    forget(): void {
      partial.clear();
    },
  };
};
