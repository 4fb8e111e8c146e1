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
