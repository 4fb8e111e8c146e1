import type { LifecycleStream } from "../lifecycle/port.ts";
import { findLastOwn } from "./last-own.ts";
import type { Round } from "./round.ts";

/**
 * Position up to which all that the log publishes is in the stream, as the stream itself says; -1n: there is no stream,
 * or nothing in it. What the last round remembers counts only where the stream is the one that it wrote, with nothing
 * more and nothing less: a relay that fails may remember a stream that is gone.
 * @throws StreamError where the stream does not answer
 */
export const reachedIn = async (
  stream: LifecycleStream,
  round: Round | undefined,
  signal: AbortSignal,
): Promise<bigint> => {
  const state = await stream.state();
  if (!state) return -1n;
  const known = round?.stored();
  const { created, lastSequence } = state;
  if (round && known?.created === created && known.sequence === lastSequence) return round.position();
  return (await findLastOwn(stream, signal)).own?.position ?? -1n;
};
