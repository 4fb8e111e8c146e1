import type { Environment } from "@safar/kernel";
import { READ_SLICE_MILLISECONDS } from "./limits.ts";

/**
 * The file is read synchronously, so reading much would keep sockets waiting: whoever reads calls this before each
 * page, and when reading has held the event loop for its slice, other work gets a turn.
 */
export const createPace = ({ clock, timers }: Environment): (() => Promise<void>) => {
  let sliceEnds = clock.monotonic() + READ_SLICE_MILLISECONDS;
  return async () => {
    if (clock.monotonic() < sliceEnds) return;
    await timers.sleep(0);
    sliceEnds = clock.monotonic() + READ_SLICE_MILLISECONDS;
  };
};
