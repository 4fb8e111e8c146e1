import type { DecodedEvent } from "@safar/contracts";

/** A durable consumer of published events: order per case is kept, each event comes at least once. */
export interface Consumer {
  /** Unique name; its progress is kept under it. */
  readonly durable: string;
  /** Stream categories whose events it takes. */
  readonly categories: readonly string[];
  /** Event types it takes; others are passed over. */
  readonly types: readonly string[];
  /**
   * One event at a time in each of the 16 partitions. Once it resolves the event counts as handled;
   * a rejection is tried again, and the partition waits.
   * @param tries how often this event was handed out before in this process
   */
  handle(event: DecodedEvent, tries: number): Promise<void>;
}

export interface EventBus {
  /** Runs until the signal aborts; resolves once what was under way is finished. */
  consume(consumer: Consumer, signal: AbortSignal): Promise<void>;
  /** For metrics and readiness: the position up to which a consumer has handled everything. */
  progress(durable: string): bigint | undefined;
}
