import {
  START,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from "@eventstore/db-client";
import type { CategoryFilter, Position } from "../port.ts";
import { BUFFERED_EVENTS } from "./limits.ts";
import { storedEvent, type StoredEvent } from "./stored-event.ts";

/** What the server tells a subscriber, in one order. */
export type Told =
  | { readonly kind: "event"; readonly stored: StoredEvent }
  | { readonly kind: "checkpoint"; readonly position: Position }
  | { readonly kind: "caughtUp" };

export type FollowedItem = AllStreamResolvedEvent | Exclude<Told, { kind: "event" }>;

export interface FollowOptions {
  /** Events after this position, at which an event or a checkpoint stands; -1n: from the start. */
  readonly after: Position;
  readonly filter: CategoryFilter | undefined;
  /** A checkpoint comes at the latest after so many log events that did not match. */
  readonly window: number;
}

/** A name that no stream has: a filter without categories lets nothing pass. */
const NOTHING = "$safar-nothing-";
const prefixOf = (category: string): string => `${category}-`;
/** Streams whose names do not begin as the server's own. */
const NO_SYSTEM_STREAMS = "^[^$]";

/**
 * Subscribes on the server. Checkpoints and "caught up" are put into the stream itself, between the events where they
 * belong: the client tells them by the side, before the events ahead of them were taken.
 */
export const followOnServer = (
  client: EventStoreDBClient,
  { after, filter, window }: FollowOptions,
): AllStreamSubscription => {
  const checkpoints = {
    maxSearchWindow: window,
    checkpointInterval: 1,
    checkpointReached: async (_: AllStreamSubscription, { commit }: { readonly commit: bigint }) => {
      subscription.push({ kind: "checkpoint", position: commit });
    },
  };
  const named = ({ categories }: CategoryFilter) =>
    streamNameFilter({ ...checkpoints, prefixes: categories.length === 0 ? [NOTHING] : categories.map(prefixOf) });
  const subscription = client.subscribeToAll(
    {
      fromPosition: after < 0n ? START : { commit: after, prepare: after },
      requiresLeader: true,
      filter: filter === undefined ? streamNameFilter({ ...checkpoints, regex: NO_SYSTEM_STREAMS }) : named(filter),
    },
    { highWaterMark: BUFFERED_EVENTS },
  );
  subscription.on("caughtUp", () => {
    subscription.push({ kind: "caughtUp" });
  });
  return subscription;
};

/** What an item of that stream tells; undefined for an event that is gone. */
export const toldOf = (item: FollowedItem): Told | undefined => {
  if ("kind" in item) return item;
  return item.event === undefined ? undefined : { kind: "event", stored: storedEvent(item.event) };
};
