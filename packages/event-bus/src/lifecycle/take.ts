import { categoryOf, type Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { pauseAfter } from "../backoff.ts";
import { MAX_BEHIND_TRIES, WORKING_PER_ACK_WAIT } from "../limits.ts";
import type { BusLog, Consumer } from "../port.ts";
import { isStoreAway } from "../store-away.ts";
import { findEvent, LogBehind } from "./find-event.ts";
import { referenceOf, type EventReference } from "./message.ts";
import type { Delivery } from "./port.ts";
import type { ToldTroubles } from "./told-troubles.ts";

export interface TakeOptions {
  readonly consumer: Consumer;
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly environment: Environment;
  readonly log: BusLog;
  readonly told: ToldTroubles;
  readonly ackWaitMs: number;
  /** A message that is none of the relay's, or of which the log knows nothing. */
  readonly onForeign: () => void;
  readonly signal: AbortSignal;
}

/** What became of a delivery: acknowledged, with the position of its event where it is one; or given back. */
export type Taken = { readonly position: bigint | undefined } | "given-back";

/**
 * Takes one delivery to its end: tries until it is handled, and only then acknowledges. For ever where its event is in
 * the log; what the log does not have is given back after a while, and taken anew.
 */
export const createTake = (options: TakeOptions): ((delivery: Delivery) => Promise<Taken>) => {
  const { consumer, store, decoder, environment, log, told, ackWaitMs, onForeign, signal } = options;
  const { durable } = consumer;
  const types = new Set(consumer.types);
  const categories = new Set(consumer.categories);
  const isEnding = (): boolean => signal.aborted;

  /** Tells the broker again and again that the message is still held; the returned function ends that. */
  const hold = (delivery: Delivery): (() => void) => {
    let cancel = (): void => undefined;
    const tell = (): void => {
      cancel = environment.timers.after(ackWaitMs / WORKING_PER_ACK_WAIT, () => {
        delivery.working();
        tell();
      });
    };
    tell();
    return () => cancel();
  };

  const ignore = (delivery: Delivery, reason: string): void => {
    onForeign();
    log.warn({ durable, sequence: delivery.sequence, subject: delivery.subject }, `message passed over: ${reason}`);
  };

  const isWanted = ({ stream, type }: EventReference): boolean =>
    types.has(type) &&
    categories.has(categoryOf(stream)) &&
    decoder.contractOf({ stream, type })?.isPublished !== false;

  /** @param tries how often it was handed out before */
  const handle = async (delivery: Delivery, reference: EventReference, tries: number): Promise<void> => {
    const event = await findEvent(store, decoder, reference);
    if (event?.type === reference.type) await consumer.handle(event, tries);
    else ignore(delivery, "the log has no such event");
  };

  const tellFailure = ({ id, type, stream, position }: EventReference, error: unknown, tries: number): void => {
    log.warn({ err: error, durable, id, type, stream, position: position.toString(), tries }, "event not handled");
  };

  /** False when the event was not handled: the run ended, or the log does not have it. It is handed out again. */
  const tryUntilHandled = async (delivery: Delivery, reference: EventReference): Promise<boolean> => {
    const name = `${durable}-${delivery.subject.split(".").at(-1) ?? ""}`;
    for (let tries = 0; !isEnding(); tries += 1)
      try {
        await handle(delivery, reference, tries);
        told.ends(name, "log-away");
        return true;
      } catch (error) {
        if (isStoreAway(error)) told.begins(name, "log-away", String(error));
        else tellFailure(reference, error, tries);
        if (error instanceof LogBehind && tries + 1 >= MAX_BEHIND_TRIES) return false;
        await environment.timers.sleep(pauseAfter(tries, environment.random), signal).catch(() => undefined);
      }
    return false;
  };

  return async (delivery) => {
    const reference = referenceOf(delivery);
    if (!reference) ignore(delivery, "it lacks what the relay's messages have");
    if (!reference || !isWanted(reference)) {
      delivery.ack();
      return { position: reference?.position };
    }
    const letGo = hold(delivery);
    try {
      if (!(await tryUntilHandled(delivery, reference))) {
        delivery.release();
        return "given-back";
      }
      delivery.ack();
      return { position: reference.position };
    } finally {
      letGo();
    }
  };
};
