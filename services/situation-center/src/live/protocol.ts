import { z } from "zod";
import { filterSchema } from "./filter.ts";

const id = z.string().min(1).max(100);
/** A snapshot of an empty log stands at -1. */
const position = z.string().regex(/^(-1|\d{1,19})$/);

/** What a client may say (interface.md, Live stream). */
export const clientMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("subscribe"), id, filter: filterSchema.optional(), after: position.optional() }),
  z.strictObject({ type: z.literal("filter"), id, filter: filterSchema }),
  z.strictObject({ type: z.literal("unsubscribe"), id }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export interface Counter {
  readonly service: string;
  readonly state: string;
  readonly destination: string | null;
  readonly count: number;
}

export interface LiveCase {
  readonly caseId: string;
  readonly caseNumber: string | null;
  readonly service: string;
  readonly state: string;
  readonly region: string | null;
  readonly destination: string | null;
  readonly position: string;
}

/** What the server says; `events` is put together from texts that were encoded once for all watchers. */
export type ServerMessage =
  | {
      readonly type: "snapshot";
      readonly id: string;
      readonly position: string;
      readonly counters: readonly Counter[];
      readonly cases: readonly LiveCase[];
      readonly more?: true;
    }
  | { readonly type: "caughtUp"; readonly id: string; readonly position: string }
  | { readonly type: "behind"; readonly id: string; readonly position: string; readonly head: string }
  | {
      readonly type: "heartbeat";
      readonly position: string;
      readonly at: string;
      /** The log does not answer: what was sent stands still, and may be old. */
      readonly logUnavailable?: true;
    }
  | { readonly type: "refused"; readonly id?: string; readonly problem: object };

/** Why the server ends a connection; 1001 (going away) and 1009 (frame too large) come from below. */
export const CLOSE = {
  malformed: 4400,
  tokenExpired: 4401,
  tooSlow: 4408,
  tooMany: 4429,
} as const;
