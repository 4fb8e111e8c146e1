import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { RELAY_LOOK_MS } from "../limits.ts";
import type { LifecycleStream } from "../lifecycle/port.ts";
import type { Beginning, Beginnings } from "./beginning.ts";
import type { Outgoing } from "./outgoing.ts";
import { createPipeline } from "./pipeline.ts";
import type { Known } from "./trouble.ts";

/** Publishing from one beginning until something is not as it was read there. */
export interface Round {
  /** Up to here everything that is published in the log is in the stream. */
  position(): bigint;
  /** The stream, and the sequence up to which this round knows it to hold what is due. */
  stored(): Known;
  /** Resolves when stream or durables need to be looked at anew, or the signal aborted. @throws what failed */
  readonly ended: Promise<void>;
}

export interface RoundOptions {
  readonly store: EventStore;
  readonly stream: LifecycleStream;
  readonly outgoing: Outgoing;
  readonly environment: Environment;
  readonly beginnings: Beginnings;
  readonly window: number | undefined;
  readonly onStored: () => void;
  readonly signal: AbortSignal;
}

const highest = (...positions: readonly bigint[]): bigint =>
  positions.reduce((high, position) => (position > high ? position : high), -1n);

export const startRound = (options: RoundOptions, { created, base, after, own }: Beginning): Round => {
  const { store, stream, outgoing, environment, beginnings } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const pipeline = createPipeline({
    stream,
    base,
    window: options.window,
    onStored() {
      beginnings.stored(stored());
      options.onStored();
    },
    onFailure: () => ending.abort(),
  });
  const stored = (): Known => ({ created, sequence: pipeline.sequence(), own: pipeline.own() ?? own });
  const isEnding = (): boolean => signal.aborted;
  /** Position up to which the log was read and all that goes out was handed to the pipeline. */
  let passed = after;

  const publish = async (): Promise<void> => {
    for await (const message of store.subscribe({ after: after < 0n ? "start" : after, signal })) {
      for (const stored of message.kind === "events" ? message.events : []) {
        const out = outgoing.messageOf(stored);
        if (!out) continue;
        // Not awaited where there is room: the client sends what one turn publishes as one packet.
        if (!pipeline.hasRoom()) await pipeline.room();
        if (isEnding()) return;
        pipeline.publish(out, stored.position);
      }
      passed = message.position;
    }
  };

  /** Ends the round where stream or durables are not what they should be, or somebody else put something behind. */
  const watch = async (): Promise<void> => {
    while (!isEnding()) {
      await environment.timers.sleep(RELAY_LOOK_MS, signal).catch(() => undefined);
      if (isEnding()) return;
      const state = await beginnings.upkeep.look(stored()).catch(() => undefined);
      if (!state || (pipeline.underWay() === 0 && state.lastSequence > pipeline.sequence())) ending.abort();
    }
  };

  const work = async (): Promise<void> => {
    const watching = watch();
    try {
      await publish();
    } finally {
      ending.abort();
      await pipeline.settled();
      await watching;
    }
    const failure = pipeline.failure();
    if (failure) throw failure;
  };

  return {
    position() {
      const isAllStored = pipeline.underWay() === 0 && !pipeline.failure();
      return highest(after, pipeline.position() ?? -1n, isAllStored ? passed : -1n);
    },
    stored,
    ended: work(),
  };
};
