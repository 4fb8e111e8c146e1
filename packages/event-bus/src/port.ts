import type { DecodedEvent } from "@safar/contracts";

/** What an event bus must do. Every adapter passes one contract suite (`test/contract.ts`). */

/** A durable consumer of published events: order per case is kept, each event comes at least once. */
export interface Consumer {
  /** Unique name; its progress is kept under it. */
  readonly durable: string;
  /** Stream categories whose events it takes. */
  readonly categories: readonly string[];
  /** Event types it takes, all of them published; others are passed over. */
  readonly types: readonly string[];
  /**
   * One event at a time in each of the 16 partitions. Once it resolves the event counts as handled;
   * a rejection is tried again after a pause, for ever, and the partition waits.
   * @param tries how often this event was handed out before in this process
   */
  handle(event: DecodedEvent, tries: number): Promise<void>;
}

/** A part of a consumer that brings nothing just now; what needs no broker has none. */
export interface BusTrouble {
  /** `Consumer.durable`. */
  readonly consumer: string;
  /** The part's name at the broker. */
  readonly durable: string;
  /**
   * `missing`: it was never made, or is gone. `changed`: somebody made it otherwise, and reading it would break the order.
   * `unanswered`: the broker is away, or a right is missing.
   */
  readonly kind: "missing" | "changed" | "unanswered";
  /** For how long, milliseconds. */
  readonly forMs: number;
}

/** What an operator should look at. */
export interface BusStatus {
  /** Whether the broker can be reached. */
  readonly isConnected: boolean;
  readonly troubles: readonly BusTrouble[];
  /** Messages that were passed over since the start: none of the relay's, or the log knows nothing of them. */
  readonly foreign: number;
  /** How often the broker refused a subject since the start: a right is missing, or somebody tries. */
  readonly denied: number;
}

export interface EventBus {
  /**
   * Runs until the signal aborts; resolves once what was under way is finished. What was queued comes again.
   * @throws NotPublished, or an error where the durable is consumed already
   */
  consume(consumer: Consumer, signal: AbortSignal): Promise<void>;
  /** For metrics and readiness: the position up to which a consumer has handled everything. */
  progress(durable: string): bigint | undefined;
  /** For readiness: asks what brings the events, within a time limit. @throws an Error with a message for the operator */
  check(): Promise<void>;
  /** For metrics and readiness: what is known without asking. */
  status(): BusStatus;
  /** Ends every consumer, as its signal would. */
  close(): Promise<void>;
}

/** What an adapter tells the operator; pino's logger fits. */
export interface BusLog {
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
}

/** A consumer asks for a type that no contract of its categories publishes: it would wait for ever. */
export class NotPublished extends Error {
  override readonly name = "NotPublished";
}
