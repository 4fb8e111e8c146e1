import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { MAX_TRIES } from "./limits.ts";
import { parkedIdOf } from "./parked.ts";
import { createParkedStreams, type ReleaseRequest } from "./parking.ts";
import type { Consumer } from "./port.ts";
import type { Performed, Reaction, ReactionAlarm, ReactionCounts } from "./reaction.ts";
import { ReactionFailed } from "./reaction-failed.ts";
import { createReplay, type Replay } from "./replay.ts";
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

export interface Reactor {
  /** For the event bus: one for all reactions of the service, so that a case's events are taken in one order. */
  readonly consumer: Consumer;
  /**
   * Works off what is parked of a case (or of a stream without a case), in order: until nothing waits,
   * `MAX_RELEASED_AT_ONCE` are released, or one fails again. Sent again, it goes on where it was broken off.
   * @throws StoreUnavailable, and what `isWaitedFor` names
   */
  replayParked(id: string, request: ReleaseRequest): Promise<Replay>;
  counts(): ReactionCounts;
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

  const taken = reactions.flatMap(({ on }) => on);
  return {
    consumer: {
      durable: `${service}-reactions`,
      categories: [...new Set(taken.map(({ category }) => category))],
      types: [...new Set(taken.map(({ contract }) => contract.type))],
      handle,
    },
    replayParked: createReplay({
      parked,
      store,
      decoder,
      react,
      isWaitedFor,
      onReleased: () => {
        counts.released += 1;
      },
    }),
    counts: () => ({ ...counts }),
  };
};
