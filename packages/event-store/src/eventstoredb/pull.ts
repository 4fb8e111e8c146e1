import type { Timers } from "@safar/kernel";
import { BUFFERED_EVENTS } from "./limits.ts";

/** A stream of the client, taken in chunks as they are wanted. */
export interface Pull<Item> {
  /** What has come, in order, at least one; undefined at the end. Waits otherwise. @throws the stream's error. */
  next(): Promise<readonly Item[] | undefined>;
  /** Ends it: the server is told, and one who waits gets undefined. */
  readonly cancel: () => void;
}

/** What the client's streams have in common. */
export interface ClientStream {
  read(): unknown;
  on(event: "readable" | "end" | "close", listener: () => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  cancel?(): Promise<void>;
  unsubscribe?(): Promise<void>;
}

export interface PullOptions {
  readonly timers: Timers;
  /** Longest wait for the next chunk; absent: for ever. */
  readonly milliseconds?: number;
  /** Called when that is over; the wait then ends with an error. */
  readonly onLate?: () => void;
}

/**
 * Pulls a stream: nothing is taken from it before it is asked for, so that the server is held back by one who is slow.
 * An error comes after what was received before it.
 */
export const pull = <Item>(stream: ClientStream, options: PullOptions): Pull<Item> => {
  let problem: { readonly error: unknown } | undefined;
  let ended = false;
  let cancelled = false;
  let wake: (() => void) | undefined;

  const change = (): void => {
    wake?.();
    wake = undefined;
  };
  stream.on("readable", change);
  stream.on("error", (error) => {
    problem ??= { error };
    change();
  });
  const end = (): void => {
    ended = true;
    change();
  };
  stream.on("end", end);
  stream.on("close", end);

  const taken = (): Item[] => {
    const items: Item[] = [];
    while (items.length < BUFFERED_EVENTS) {
      const item = stream.read() as Item | null;
      if (item === null) break;
      items.push(item);
    }
    return items;
  };
  const changed = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancelLimit =
        options.milliseconds === undefined
          ? undefined
          : options.timers.after(options.milliseconds, () => {
              wake = undefined;
              options.onLate?.();
              reject(new StreamIsLate());
            });
      wake = () => {
        cancelLimit?.();
        resolve();
      };
    });

  return {
    async next() {
      for (;;) {
        if (cancelled) return undefined;
        const items = taken();
        if (items.length > 0) return items;
        if (problem !== undefined) throw problem.error;
        if (ended) return undefined;
        await changed();
        // What came in the same turn goes into the same chunk.
        await options.timers.sleep(0);
      }
    },
    cancel() {
      if (cancelled) return;
      cancelled = true;
      // Rejected where the stream never came to be; then there is nothing to cancel.
      (stream.cancel?.() ?? stream.unsubscribe?.())?.catch(() => undefined);
      change();
    },
  };
};

/** Nothing came within the limit. */
export class StreamIsLate extends Error {
  override readonly name = "StreamIsLate";
  /** As gRPC would say it: worth another try. */
  readonly code = 4;
  constructor() {
    super("the server sent nothing in time");
  }
}
