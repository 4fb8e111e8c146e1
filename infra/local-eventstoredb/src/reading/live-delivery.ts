import type { Timers } from "@safar/kernel";
import { consumerTooSlow, type Failure } from "../failures.ts";
import type { ReadResponse } from "../protocol/messages.ts";
import { writeInTurn, type Outgoing } from "./outgoing.ts";

/** Messages that wait for a live subscriber; EventStoreDB has 32 as well, and drops a subscriber that needs more. */
const LIVE_BUFFER = 32;

/**
 * How long a live subscriber may leave the buffer full, in milliseconds, where nothing else is said. EventStoreDB hands
 * on while it stores, one event after the other; here many are stored at once, and would find it full at once.
 */
export const LIVE_GRACE_MS = 20;

/**
 * How a subscription sends. While it catches up it waits for its subscriber; once it is live the log waits for nobody,
 * and a subscriber that is too far behind is dropped.
 */
export interface Delivery {
  send(message: ReadResponse): Promise<void>;
  goLive(): void;
  /** Aborts when the subscriber is gone or dropped. */
  readonly signal: AbortSignal;
  /** Why the subscriber was dropped, if it was. */
  failure(): Failure | undefined;
}

export const createDelivery = (options: {
  readonly out: Outgoing;
  readonly timers: Timers;
  readonly liveGraceMs: number;
}): Delivery => {
  const { out, timers, liveGraceMs } = options;
  const dropped = new AbortController();
  const buffer: ReadResponse[] = [];
  let isLive = false;
  let isPumping = false;
  let madeRoom: (() => void) | undefined;

  const pump = async (): Promise<void> => {
    isPumping = true;
    for (let message = buffer.shift(); message !== undefined; message = buffer.shift()) {
      madeRoom?.();
      await writeInTurn(out, message);
    }
    isPumping = false;
  };
  const waitForRoom = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(liveGraceMs, resolve);
      madeRoom = () => {
        cancel();
        resolve();
      };
    });
  return {
    signal: AbortSignal.any([out.signal, dropped.signal]),
    async send(message) {
      if (!isLive) return writeInTurn(out, message);
      if (buffer.length >= LIVE_BUFFER && liveGraceMs > 0) await waitForRoom();
      if (buffer.length >= LIVE_BUFFER) {
        dropped.abort();
        return;
      }
      buffer.push(message);
      if (!isPumping) void pump();
    },
    goLive() {
      isLive = true;
    },
    failure: () => (dropped.signal.aborted ? consumerTooSlow() : undefined),
  };
};
