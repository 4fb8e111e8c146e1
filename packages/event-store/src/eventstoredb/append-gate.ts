import type { Timers } from "@safar/kernel";
import { StoreUnavailable } from "../port.ts";
import type { EventStoreDbLimits } from "./limits.ts";

/** One append that waits for its turn. */
interface Waiting {
  readonly bytes: number;
  readonly start: () => void;
  readonly cancelLimit: () => void;
}

export interface AppendGate {
  /** Calls `send` when it is its turn, in the order of the calls. @throws StoreUnavailable when too much waits. */
  pass<Value>(bytes: number, send: () => Promise<Value>): Promise<Value>;
  /** Resolves once nothing waits and nothing is in flight. */
  drained(): Promise<void>;
}

/** Bounds what is in flight, and what waits: everything beyond is refused at once. */
export const createAppendGate = (timers: Timers, limits: EventStoreDbLimits): AppendGate => {
  // Kept in the order of their turn; a Set, so that one who has waited too long leaves without a search.
  const waiting = new Set<Waiting>();
  const whenDrained = new Set<() => void>();
  let inFlight = 0;
  let bytesInFlight = 0;
  let waitingBytes = 0;

  const hasRoom = (bytes: number): boolean =>
    inFlight < limits.appendsInFlight && (inFlight === 0 || bytesInFlight + bytes <= limits.bytesInFlight);
  const leave = (append: Waiting): void => {
    if (waiting.delete(append)) waitingBytes -= append.bytes;
    append.cancelLimit();
  };
  const pump = (): void => {
    for (const append of waiting) {
      if (!hasRoom(append.bytes)) return;
      leave(append);
      append.start();
    }
    if (inFlight > 0 || waiting.size > 0) return;
    for (const resolve of whenDrained) resolve();
    whenDrained.clear();
  };
  const run = async <Value>(bytes: number, send: () => Promise<Value>): Promise<Value> => {
    inFlight += 1;
    bytesInFlight += bytes;
    try {
      return await send();
    } finally {
      inFlight -= 1;
      bytesInFlight -= bytes;
      pump();
    }
  };

  return {
    pass(bytes, send) {
      if (waiting.size === 0 && hasRoom(bytes)) return run(bytes, send);
      if (waiting.size >= limits.waitingAppends || waitingBytes + bytes > limits.waitingBytes) {
        const message = `the log is busy: ${waiting.size} appends wait already`;
        return Promise.reject(new StoreUnavailable(message, "not-stored"));
      }
      return new Promise((resolve, reject) => {
        const append: Waiting = {
          bytes,
          start: () => run(bytes, send).then(resolve, reject),
          cancelLimit: timers.after(limits.waitingMilliseconds, () => {
            leave(append);
            reject(new StoreUnavailable("the log is busy: the append had to wait for too long", "not-stored"));
          }),
        };
        waiting.add(append);
        waitingBytes += bytes;
      });
    },
    drained: () => new Promise((resolve) => (whenDrained.add(resolve), pump())),
  };
};
