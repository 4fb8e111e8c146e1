import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { MAX_TRIES } from "./limits.ts";
import { createParkedStreams, parkedIdOf, type ParkedEvent } from "./parked.ts";
import type { Consumer } from "./port.ts";
import type { Performed, Reaction, ReactionAlarm, ReactionCounts } from "./reaction.ts";
import { isStoreAway } from "./store-away.ts";

export interface ReactorOptions<C> {
  /** As in paths: `visa-docs`. */
  readonly service: string;
  /** Run one after the other in this order where several take the same event. */
  readonly reactions: readonly Reaction<C>[];
  /**
   * Does one command, with `reactionTransactionId` as its transaction, and puts a refusal on record. Finding the
   * transaction there already is `done`. @throws StoreUnavailable while the log is away; anything else is a failed try
   */
  readonly perform: (event: DecodedEvent, reaction: string, index: number, command: C) => Promise<Performed>;
  readonly targetStream: (command: C) => string;
  readonly store: EventStore;
  /** Knows every category of the reactions; decodes parked events when they are replayed. */
  readonly decoder: Decoder;
  readonly environment: Environment;
  readonly onAlarm: (alarm: ReactionAlarm) => void;
  /** Errors beside `StoreUnavailable` that say nothing of the event, such as a vault that is away: waited for. */
  readonly isWaitedFor?: (error: unknown) => boolean;
}

export interface Replay {
  readonly released: number;
  readonly waiting: number;
  /** Why it stopped before the end; the event stays first in its line. */
  readonly failure?: { readonly eventId: string; readonly error: unknown };
}

export interface Reactor {
  /** For the event bus: one for all reactions of the service, so that a case's events are taken in one order. */
  readonly consumer: Consumer;
  /** Works a case's parked events off, in order, until one fails again. @throws StoreUnavailable */
  replayParked(id: string): Promise<Replay>;
  /** Ids (of cases, or of streams without a case) with parked events, and how many wait. */
  listParked(): Promise<readonly { readonly id: string; readonly waiting: number }[]>;
  counts(): ReactionCounts;
}

/** A failure of one reaction, so that the record can name it. */
class ReactionFailed extends Error {
  override readonly name = "ReactionFailed";
  readonly reaction: string;
  constructor(reaction: string, cause: unknown) {
    super(`${reaction}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.reaction = reaction;
  }
}

/** The kind of an error and no more: its message may quote what must not stand in the log for ever. */
const reasonOf = (error: unknown): string =>
  `${error instanceof Error ? error.name : typeof error}, ${MAX_TRIES} tries`;

/** The reactions of one service as one durable consumer. */
export const createReactor = <C>(options: ReactorOptions<C>): Reactor => {
  const { service, reactions, perform, targetStream, store, decoder, onAlarm } = options;
  const parked = createParkedStreams(options);
  const counts = { handled: 0, performed: 0, refused: 0, failed: 0, parked: 0, parkedBehind: 0, released: 0 };
  /** Tries that failed by event: counted here, since the broker's count forgets and counts waiting too. */
  const failures = new Map<string, number>();

  const takersOf = (event: DecodedEvent): readonly Reaction<C>[] => {
    const category = categoryOf(event.stream);
    return reactions.filter(({ on }) =>
      on.some((taken) => taken.category === category && taken.contract.type === event.type),
    );
  };
  const isWaitedFor = (error: unknown): boolean => isStoreAway(error) || (options.isWaitedFor?.(error) ?? false);

  const performOne = async (event: DecodedEvent, reaction: string, index: number, command: C): Promise<void> => {
    const performed = await perform(event, reaction, index, command);
    if (performed === "done") {
      counts.performed += 1;
      return;
    }
    counts.refused += 1;
    const { code } = performed.refused;
    if (code === "already-done") return;
    const { id: eventId, stream } = event;
    const target = targetStream(command);
    onAlarm({ kind: "reaction-refused", service, reaction, eventId, stream, targetStream: target, code });
  };

  const reactWith = async (reaction: Reaction<C>, event: DecodedEvent): Promise<void> => {
    const commands = await reaction.then(event);
    const targets = new Set(commands.map(targetStream));
    if (targets.size < commands.length) throw new Error("two commands for one stream would be one transaction");
    for (const [index, command] of commands.entries()) await performOne(event, reaction.name, index, command);
  };

  /** @throws ReactionFailed, or what is waited for */
  const react = async (event: DecodedEvent): Promise<void> => {
    for (const reaction of takersOf(event))
      try {
        await reactWith(reaction, event);
      } catch (error) {
        if (isWaitedFor(error)) throw error;
        throw new ReactionFailed(reaction.name, error);
      }
    counts.handled += 1;
  };

  /** True when the event has its place in the parked stream, now or from before. */
  const isLeftToReplay = async (event: DecodedEvent): Promise<boolean> => {
    let isLeft = false;
    await parked.settle(parkedIdOf(event), async (stream) => {
      isLeft = stream.events.has(event.id);
      const ahead = stream.waiting.find(({ position }) => position < event.position);
      if (isLeft || !ahead) return true;
      const reaction = takersOf(event)[0]?.name ?? ahead.reaction;
      isLeft = await parked.park(stream, event, reaction, `behind ${ahead.eventId}`);
      if (isLeft) counts.parkedBehind += 1;
      return isLeft;
    });
    return isLeft;
  };

  const parkFailed = async (event: DecodedEvent, { reaction, cause }: ReactionFailed): Promise<void> => {
    const id = parkedIdOf(event);
    await parked.settle(
      id,
      async (stream) => stream.events.has(event.id) || parked.park(stream, event, reaction, reasonOf(cause)),
    );
    counts.parked += 1;
    const { id: eventId, stream } = event;
    onAlarm({
      kind: "event-parked",
      service,
      reaction,
      eventId,
      stream,
      parkedStream: parked.streamOf(id),
      error: cause,
    });
  };

  const handle = async (event: DecodedEvent): Promise<void> => {
    if (takersOf(event).length === 0 || (await isLeftToReplay(event))) return;
    try {
      await react(event);
    } catch (error) {
      if (!(error instanceof ReactionFailed)) throw error;
      counts.failed += 1;
      const tries = (failures.get(event.id) ?? 0) + 1;
      failures.set(event.id, tries);
      if (tries < MAX_TRIES) throw error;
      await parkFailed(event, error);
    }
    failures.delete(event.id);
  };

  const originalOf = async (of: ParkedEvent): Promise<DecodedEvent> => {
    for await (const stored of store.readStream(of.stream, { from: of.revision, limit: 1 }))
      if (stored.id === of.eventId) return decoder.decode(stored);
    throw new Error(`the log no longer has ${of.eventId} at ${of.stream} ${of.revision}`);
  };

  const releaseOne = async (id: string, event: DecodedEvent, reaction: string): Promise<void> => {
    await parked.settle(
      id,
      async (stream) => stream.events.get(event.id)?.isReleased === true || parked.release(stream, event, reaction),
    );
    counts.released += 1;
  };

  const replayParked = async (id: string): Promise<Replay> => {
    for (let released = 0; ; released += 1) {
      const { waiting } = await parked.read(id);
      const [next] = waiting;
      if (!next) return { released, waiting: 0 };
      try {
        const event = await originalOf(next);
        await react(event);
        await releaseOne(id, event, next.reaction);
      } catch (error) {
        if (isWaitedFor(error)) throw error;
        return { released, waiting: waiting.length, failure: { eventId: next.eventId, error } };
      }
    }
  };

  const taken = reactions.flatMap(({ on }) => on);
  return {
    consumer: {
      durable: `${service}-reactions`,
      categories: [...new Set(taken.map(({ category }) => category))],
      types: [...new Set(taken.map(({ contract }) => contract.type))],
      handle,
    },
    replayParked,
    listParked: parked.list,
    counts: () => ({ ...counts }),
  };
};
