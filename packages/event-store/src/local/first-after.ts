import type { Position, RecordedEvent } from "../port.ts";

/** Index of the first event after a position; positions grow, so it is found by halving. */
export const firstAfter = (log: readonly RecordedEvent[], after: Position): number => {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const event = log[middle];
    if (event !== undefined && event.position <= after) low = middle + 1;
    else high = middle;
  }
  return low;
};
