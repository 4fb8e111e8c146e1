import type { DecodedEvent } from "@safar/contracts";
import { deriveUuid } from "@safar/kernel";

/**
 * An event elsewhere becomes own commands. What follows from an event is the event's own doing, so the same event
 * gives the same transaction however often it comes: repeated safely.
 * @typeParam C a command of the service; this package only passes it on
 */
export interface Reaction<C> {
  /** `when-offer-accepted`. Part of the transaction id: never renamed once released. */
  readonly name: string;
  readonly on: readonly { readonly category: string; readonly contract: { readonly type: string } }[];
  /** At most one command a target stream. None: nothing follows from this event. */
  then(event: DecodedEvent): readonly C[] | Promise<readonly C[]>;
}

/** What became of one command. A refusal was put on record by who performed it. */
export type Performed = "done" | { readonly refused: { readonly code: string } };

/** The transaction of a reaction's command: the same for the same event, reaction and target, for ever. */
export const reactionTransactionId = (eventId: string, reaction: string, targetStream: string): string =>
  deriveUuid(eventId, reaction, targetStream);

/** What an operator should look at. */
export type ReactionAlarm =
  /** After its last try; the case's later events wait behind it until `replayParked`. */
  | {
      readonly kind: "event-parked";
      readonly service: string;
      readonly reaction: string;
      readonly eventId: string;
      readonly stream: string;
      readonly parkedStream: string;
      readonly error: unknown;
    }
  /** For another reason than `already-done`. */
  | {
      readonly kind: "reaction-refused";
      readonly service: string;
      readonly reaction: string;
      readonly eventId: string;
      readonly stream: string;
      readonly targetStream: string;
      readonly code: string;
    };

/** Since this process began, for metrics. */
export interface ReactionCounts {
  /** Events that were taken in full. */
  readonly handled: number;
  readonly performed: number;
  /** `already-done` included. */
  readonly refused: number;
  /** Tries that failed, other than by waiting for the log. */
  readonly failed: number;
  /** Events parked after their last try. */
  readonly parked: number;
  /** Events parked because an earlier one of their case is. */
  readonly parkedBehind: number;
  readonly released: number;
}
