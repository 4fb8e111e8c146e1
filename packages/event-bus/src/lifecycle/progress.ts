import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { PROGRESS_EVERY_MS } from "../limits.ts";
import { referenceOf } from "./message.ts";
import type { DurableReader, DurableState, StoredMessage } from "./port.ts";

/**
 * How far a consumer has come: the position up to which every partition's events are handled, as far as this process
 * can tell. Others of the same consumer take events too, so it may be further.
 */
export interface Progress {
  /** A message was handed to this process. */
  begin(durable: string, message: StoredMessage): void;
  /** @param position of its event; undefined: it was none of the relay's */
  handled(durable: string, position: bigint | undefined): void;
  position(): bigint | undefined;
  readonly ended: Promise<void>;
}

const isIdle = (state: DurableState): boolean => state.waiting === 0 && state.unacknowledged === 0;

export const createProgress = (options: {
  readonly durables: readonly string[];
  readonly reader: DurableReader;
  readonly store: EventStore;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}): Progress => {
  const { durables, reader, store, environment, signal } = options;
  const handledAt = new Map<string, bigint>();
  const isEnding = (): boolean => signal.aborted;
  let highest = -1n;
  let position: bigint | undefined;

  const look = async (): Promise<void> => {
    // The stream is in the log's order, so a partition that is idle after a message was seen is past that position.
    // Nobody has told of what is past the log's head: a message that did so lied.
    const head = await store.head();
    if (highest > head) highest = head;
    const seen = highest;
    const states = await Promise.all(durables.map((durable) => reader.durable(durable)));
    const reached = states.map((state, index) =>
      state && isIdle(state) ? seen : (handledAt.get(durables[index] ?? "") ?? -1n),
    );
    const lowest = reached.reduce((low, each) => (each < low ? each : low), seen);
    if (lowest > (position ?? -1n)) position = lowest;
  };

  const work = async (): Promise<void> => {
    while (!isEnding()) {
      await environment.timers.sleep(PROGRESS_EVERY_MS, signal).catch(() => undefined);
      if (isEnding()) return;
      // What cannot be told now is told at the next look.
      if (highest > (position ?? -1n)) await look().catch(() => undefined);
    }
  };

  return {
    begin(_durable, message) {
      const reference = referenceOf(message);
      if (reference && reference.position > highest) highest = reference.position;
    },
    handled(durable, at) {
      if (at !== undefined && at > (handledAt.get(durable) ?? -1n)) handledAt.set(durable, at);
    },
    position: () => position,
    ended: work(),
  };
};
