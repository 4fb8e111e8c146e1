import type { Decoder } from "@safar/contracts";
import type { Consumer } from "./port.ts";
import { assertPublished } from "./published.ts";

/** The consumers of one bus that are at work: each begins once, and all end with the bus. */
export interface Runs<R> {
  /** As `EventBus.consume`. */
  consume(consumer: Consumer, signal: AbortSignal): Promise<void>;
  of(durable: string): R | undefined;
  all(): readonly R[];
  /** @throws where the bus is closed */
  assertOpen(): void;
  /** Ends all of them, then what they used; once. */
  close(behindThem: () => void | Promise<void>): Promise<void>;
}

/** @param begin sets a consumer to work until the signal aborts */
export const createRuns = <R extends { readonly ended: Promise<void> }>(
  decoder: Decoder,
  begin: (consumer: Consumer, signal: AbortSignal) => R,
): Runs<R> => {
  const runs = new Map<string, R>();
  const closing = new AbortController();
  let closed: Promise<void> | undefined;

  const assertOpen = (): void => {
    if (closing.signal.aborted) throw new Error("the event bus is closed");
  };
  const closeOnce = async (behindThem: () => void | Promise<void>): Promise<void> => {
    closing.abort();
    await Promise.all([...runs.values()].map((run) => run.ended));
    await behindThem();
  };

  return {
    async consume(consumer, signal) {
      assertOpen();
      if (runs.has(consumer.durable)) throw new Error(`${consumer.durable} is consumed already`);
      assertPublished(consumer, decoder);
      const run = begin(consumer, AbortSignal.any([signal, closing.signal]));
      runs.set(consumer.durable, run);
      try {
        await run.ended;
      } finally {
        runs.delete(consumer.durable);
      }
    },
    of: (durable) => runs.get(durable),
    all: () => [...runs.values()],
    assertOpen,
    close: (behindThem) => (closed ??= closeOnce(behindThem)),
  };
};
