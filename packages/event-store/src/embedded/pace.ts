import { MessageChannel } from "node:worker_threads";
import type { Clock } from "@safar/kernel";
import { READ_SLICE_MILLISECONDS } from "./limits.ts";

/** Lets sockets and other work have their turn while much is read: the file is read synchronously. */
export interface Pace {
  /** Waits for one turn of the event loop, when reading has held it for its slice. */
  giveWay(): Promise<void>;
  close(): void;
}

export const createPace = (clock: Clock): Pace => {
  // A message to ourselves comes back after what else is ready; a timer would cost a millisecond each time.
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  let sliceEnds = clock.monotonic() + READ_SLICE_MILLISECONDS;
  const release = (): void => {
    const released = waiting;
    waiting = [];
    port2.unref();
    sliceEnds = clock.monotonic() + READ_SLICE_MILLISECONDS;
    for (const resolve of released) resolve();
  };
  port2.on("message", release);
  port2.unref();
  return {
    giveWay() {
      if (clock.monotonic() < sliceEnds) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length > 1) return;
        port2.ref();
        port1.postMessage(undefined);
      });
    },
    close() {
      release();
      port1.close();
    },
  };
};
