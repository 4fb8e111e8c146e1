import type { EventStore } from "@safar/event-store";
import type { Checkpoint, LastEvent } from "./database.ts";

const isInLog = async (store: EventStore, last: LastEvent): Promise<boolean> => {
  for await (const event of store.readStream(last.stream, { from: last.revision, limit: 1 }))
    return event.id === last.id && event.position === last.position;
  return false;
};

/**
 * Where a file may go on; undefined: it followed another log (one restored from a backup, or a new one) and counts
 * for nothing. The log still has the event that changed the file last, or the file is of another log.
 */
export const whereToResume = async (
  store: EventStore,
  { position, last }: Checkpoint,
): Promise<bigint | "start" | undefined> => {
  // What lies between the last event and the position was of no category of ours; in a shorter log it may yet be.
  const isAhead = position > (await store.head());
  if (!last) return position < 0n || isAhead ? "start" : position;
  if (!(await isInLog(store, last))) return undefined;
  return isAhead ? last.position : position;
};
