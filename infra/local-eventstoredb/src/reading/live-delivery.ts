import { consumerTooSlow, type Failure } from "../failures.ts";
import type { ReadResponse } from "../protocol/messages.ts";
import { writeInTurn, type Outgoing } from "./outgoing.ts";

/** Messages that wait for a live subscriber; EventStoreDB has 32 as well, and drops a subscriber that needs more. */
const LIVE_BUFFER = 32;

/**
 * How a subscription sends. While it catches up it waits for its subscriber; once it is live the log waits for nobody,
 * and a subscriber that is too far behind is dropped.
 */
export interface Delivery {
  send(message: ReadResponse): Promise<void>;
  /** From now on nothing waits. */
  goLive(): void;
  /** Why the subscriber is dropped, once it is. */
  failure(): Failure | undefined;
}

export const createDelivery = (out: Outgoing, drop: () => void): Delivery => {
  const buffer: ReadResponse[] = [];
  let isLive = false;
  let isPumping = false;
  let failure: Failure | undefined;

  const pump = async (): Promise<void> => {
    for (let message = buffer.shift(); message !== undefined; message = buffer.shift()) await writeInTurn(out, message);
    isPumping = false;
  };
  return {
    async send(message) {
      if (!isLive) return writeInTurn(out, message);
      if (failure !== undefined) return;
      if (buffer.length >= LIVE_BUFFER) {
        failure = consumerTooSlow();
        return void drop();
      }
      buffer.push(message);
      if (isPumping) return;
      isPumping = true;
      void pump();
    },
    goLive() {
      isLive = true;
    },
    failure: () => failure,
  };
};
