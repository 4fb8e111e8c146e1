import { LOOK_BACK_MESSAGES } from "../limits.ts";
import { referenceOf, type EventReference } from "../lifecycle/message.ts";
import type { LifecycleStream, StoredMessage } from "../lifecycle/port.ts";

export interface LastOwn {
  /** The last message that a relay sent; undefined where there is none. */
  readonly own: (EventReference & { readonly sequence: number }) | undefined;
  /** What others put behind it, newest first. */
  readonly foreign: readonly StoredMessage[];
  /** The stream's last sequence at this look; 0 when it is empty. */
  readonly lastSequence: number;
}

/** Looks back from the stream's end, past foreign messages, until it finds one of a relay. */
export const findLastOwn = async (stream: LifecycleStream, signal: AbortSignal): Promise<LastOwn> => {
  const last = await stream.lastMessage();
  if (!last) return { own: undefined, foreign: [], lastSequence: 0 };
  const foreign: StoredMessage[] = [];
  const lookAt = (message: StoredMessage): LastOwn | undefined => {
    const reference = referenceOf(message);
    if (reference) return { own: { ...reference, sequence: message.sequence }, foreign, lastSequence: last.sequence };
    foreign.push(message);
    return undefined;
  };
  const found = lookAt(last);
  if (found) return found;
  for (let next = last.sequence - 1; next > 0; next -= LOOK_BACK_MESSAGES) {
    signal.throwIfAborted();
    const sequences = Array.from({ length: Math.min(LOOK_BACK_MESSAGES, next) }, (_, index) => next - index);
    for (const message of await Promise.all(sequences.map((sequence) => stream.message(sequence)))) {
      const earlier = message && lookAt(message);
      if (earlier) return earlier;
    }
  }
  return { own: undefined, foreign, lastSequence: last.sequence };
};
