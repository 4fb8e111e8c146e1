import type { EventToAppend } from "@safar/event-store";

/** EventStoreDB's MaxAppendSize, where it is not configured otherwise. */
export const MAX_APPEND_BYTES = 1_048_576;

/**
 * What counts towards it: the data alone. EventStoreDB's documents say data, metadata and type, but what 23.10 adds up
 * leaves the latter two out. It limits a whole message besides.
 */
export const countedBytes = (event: EventToAppend): number => event.data.byteLength;
