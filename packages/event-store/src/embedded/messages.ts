import type { LogFileRefusal } from "./refused.ts";

/* What the main thread and the writer's thread say to each other. */

export interface WriterData {
  readonly file: string;
  /** Positions of new events are above it. */
  readonly firstPositionAbove: number;
}

/**
 * Several appends, flat, since cloning objects would cost more than storing them. For each append: `texts` has its
 * stream; `numbers` the hash of that name, the expected revision (-1: no stream), recordedAt and the number of events.
 * For each event: `texts` has id and type; `numbers` the lengths of data and metadata; `bytes` data and metadata.
 */
export interface AppendMessage {
  readonly kind: "append";
  /** Joined by the character that no name may contain. */
  readonly texts: string;
  readonly numbers: Float64Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type ToWriter =
  AppendMessage | { readonly kind: "continueAbove"; readonly position: number } | { readonly kind: "close" };

/** How an append ended; the first of the four numbers that answer it. */
export const STORED = 0;
export const REPEATED = 1;
export const WRONG_REVISION = 2;

/** Numbers that answer one append: how it ended; revision (of the last event, or the actual one); position; stream. */
export const NUMBERS_PER_ANSWER = 4;

export interface LogState {
  /** Position of the last event; -1 of an empty log. */
  readonly head: number;
  readonly lastRecordedAt: number;
}

export type FromWriter =
  | { readonly kind: "ready"; readonly state: LogState }
  | { readonly kind: "refused"; readonly refusal: LogFileRefusal; readonly message: string }
  /** The appends of the oldest `messages` unanswered messages are on disk or refused. */
  | {
      readonly kind: "committed";
      readonly messages: number;
      readonly answers: Float64Array;
      /** Buckets whose streams the index on disk has now. */
      readonly indexed: readonly number[];
    }
  | {
      readonly kind: "failed";
      readonly messages: number;
      readonly outcome: "not-stored" | "unknown";
      readonly message: string;
    }
  | { readonly kind: "continues"; readonly above: number }
  | { readonly kind: "not-continued"; readonly message: string }
  | { readonly kind: "trouble"; readonly message: string }
  | { readonly kind: "closed" };
