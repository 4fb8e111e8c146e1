import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { STANDBY_LOOK_MS } from "../limits.ts";
import type { LifecycleStream } from "../lifecycle/port.ts";
import { findLastOwn } from "./last-own.ts";
import type { Outgoing } from "./outgoing.ts";

/**
 * Waits while another relay works: until there is something to send and the stream did not grow between two looks.
 * Whoever judges wrongly is refused by the fence; standing by only spares both the trouble.
 */
export const standBy = async (options: {
  readonly stream: LifecycleStream;
  readonly store: EventStore;
  readonly outgoing: Outgoing;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const { stream, store, outgoing, environment, signal } = options;
  const { timers, random } = environment;

  /** Position up to which nothing is published behind the stream's last message. */
  let lookedAt = -1n;
  /** Where that last message stood. */
  let end = -1n;
  const hasUnsent = async (after: bigint): Promise<boolean> => {
    // Behind an end that went back (an older state, a stream that is built again) nothing was looked at.
    if (after < end || after > lookedAt) lookedAt = after;
    end = after;
    for await (const stored of store.readAll(lookedAt < 0n ? {} : { after: lookedAt })) {
      if (outgoing.isPublished(stored)) return true;
      lookedAt = stored.position;
      if (signal.aborted) return false;
    }
    return false;
  };

  let before: number | undefined;
  while (!signal.aborted) {
    const { own, lastSequence } = await findLastOwn(stream, signal);
    const isStill = before === lastSequence;
    if (isStill && (await hasUnsent(own?.position ?? -1n))) return;
    before = lastSequence;
    // Not both at the same moment.
    await timers.sleep(STANDBY_LOOK_MS * (0.75 + random.fraction() / 2), signal).catch(() => undefined);
  }
};
