import type { DecodedEvent, Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { MAX_RELEASED_AT_ONCE } from "./limits.ts";
import type { ParkedEvent, Release } from "./parked.ts";
import type { createParkedStreams, ReleaseRequest } from "./parking.ts";
import { ReactionFailed } from "./reaction-failed.ts";

/** What became of a request to release a case's parked events. */
export interface Replay {
  /** False: nothing was ever parked under this id. */
  readonly isKnown: boolean;
  /** What this request has released, now or when it was sent before; absent: nothing. */
  readonly release?: Release;
  /** Why it stopped before the end; the event stays first in its line. */
  readonly failure?: { readonly eventId: string; readonly reaction: string; readonly error: unknown };
}

/** Works a case's parked events off. Two at once do nothing twice: a reaction finds its transaction, a release its revision. */
export const createReplay = (options: {
  readonly parked: ReturnType<typeof createParkedStreams>;
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly react: (event: DecodedEvent) => Promise<void>;
  readonly isWaitedFor: (error: unknown) => boolean;
  readonly onReleased: () => void;
}): ((id: string, request: ReleaseRequest) => Promise<Replay>) => {
  const { parked, store, decoder, react, isWaitedFor, onReleased } = options;

  const originalOf = async (of: ParkedEvent): Promise<DecodedEvent> => {
    for await (const stored of store.readStream(of.stream, { from: of.revision, limit: 1 }))
      if (stored.id === of.eventId) return decoder.decode(stored);
    throw new Error(`the log no longer has ${of.eventId} at ${of.stream} ${of.revision}`);
  };

  const releaseOne = async (id: string, event: DecodedEvent, request: ReleaseRequest): Promise<void> => {
    await parked.settle(
      id,
      async (stream) => stream.events.get(event.id)?.isReleased === true || parked.release(stream, event, request),
    );
    onReleased();
  };

  return async (id, request) => {
    for (;;) {
      const { revision, waiting, releases } = await parked.read(id);
      const release = releases.get(request.transactionId);
      const soFar = { isKnown: revision >= 0, ...(release ? { release } : {}) };
      const [next] = waiting;
      const isDone = release !== undefined && (release.waiting === 0 || release.released >= MAX_RELEASED_AT_ONCE);
      if (!next || isDone) return soFar;
      try {
        const event = await originalOf(next);
        await react(event);
        await releaseOne(id, event, request);
      } catch (error) {
        if (isWaitedFor(error)) throw error;
        const failed = error instanceof ReactionFailed ? error : { reaction: next.reaction, cause: error };
        return { ...soFar, failure: { eventId: next.eventId, reaction: failed.reaction, error: failed.cause } };
      }
    }
  };
};
