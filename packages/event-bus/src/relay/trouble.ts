import type { DurableState, StreamState } from "../lifecycle/port.ts";

/** How far this relay had come, in which stream. */
export interface Known {
  readonly created: string;
  readonly sequence: number;
  /** The last message of a relay that is known to be there. */
  readonly own?: OwnMessage | undefined;
}

/** A message of a relay, where it was stored. */
export interface OwnMessage {
  readonly sequence: number;
  /** Of its event. */
  readonly id: string;
}

/**
 * Why the stream has to be built anew; undefined: it is whole. It holds everything that was ever published, so a
 * message less means that somebody purged, or an older state was put back.
 */
export const troubleOf = (
  state: StreamState,
  durables: readonly DurableState[],
  known: Known | undefined,
): string | undefined => {
  if (state.messages !== state.lastSequence)
    return `the stream holds ${state.messages} of its ${state.lastSequence} messages: some were removed`;
  if (known && known.created === state.created && state.lastSequence < known.sequence)
    return `the stream ends at ${state.lastSequence} and had come to ${known.sequence}: an older state was put back`;
  // It would silently pass over everything up to there.
  const ahead = durables.find(({ delivered }) => delivered > state.lastSequence);
  if (ahead)
    return `${ahead.spec.name} has come to ${ahead.delivered} and the stream ends at ${state.lastSequence}: an older state was put back`;
  return undefined;
};
