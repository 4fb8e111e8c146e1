import type { Position } from "@safar/event-store";

/*
 * EventStoreDB's positions are places in its files: they grow, with gaps, and 0 stands before everything. Ours are
 * dense and begin with 0. So each of ours stands for one multiple, and nobody can come to rely on their being dense.
 */
const STRIDE = 64n;

export const commitPositionOf = (position: Position): bigint => (position + 1n) * STRIDE;

/** The last of our positions that is at this place or before it; -1n: there is none. */
export const positionUpTo = (commitPosition: bigint): Position => commitPosition / STRIDE - 1n;

/** Whether an event can stand at this place. */
export const isPlaceOfEvent = (commitPosition: bigint): boolean => commitPosition % STRIDE === 0n;

/** Commit and prepare position are always the same here, as they are on EventStoreDB for what Safar appends. */
export const positionMessage = (position: Position) => {
  const text = String(commitPositionOf(position));
  return { commitPosition: text, preparePosition: text };
};
