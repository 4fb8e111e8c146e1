import type { Timers } from "@safar/kernel";
import { StoreUnavailable } from "../port.ts";
import type { EventStoreDbLimits } from "./limits.ts";

export interface AppendGate {
  /**
   * Calls `send` when it is its turn: in the order of the calls, and one at a time for each stream, as the server does
   * not always take up in order what is sent at once. @throws StoreUnavailable when too much waits, or for too long.
   */
  pass<Value>(append: ToPass, send: () => Promise<Value>): Promise<Value>;
  /** Resolves once nothing waits and nothing is in flight. */
  readonly drained: () => Promise<void>;
}

interface ToPass {
  readonly stream: string;
  readonly bytes: number;
}

interface Waiting extends ToPass {
  readonly start: () => void;
}

/** Bounds what is in flight, and what waits: everything beyond is refused at once. */
export const createAppendGate = (timers: Timers, limits: EventStoreDbLimits): AppendGate => {
  /** For each stream with an append under way or waiting: those that wait behind it. */
  const lines = new Map<string, Waiting[]>();
  /** The first ones of their lines that wait for room, in the order of their turn. */
  const first = new Set<Waiting>();
  const whenDrained = new Set<() => void>();
  let [inFlight, bytesInFlight, waiting, waitingBytes] = [0, 0, 0, 0];

  const hasRoom = (bytes: number): boolean =>
    inFlight < limits.appendsInFlight && (inFlight === 0 || bytesInFlight + bytes <= limits.bytesInFlight);
  const startFirst = (): void => {
    for (const append of first) {
      if (!hasRoom(append.bytes)) return;
      first.delete(append);
      append.start();
    }
    if (lines.size > 0) return;
    for (const resolve of whenDrained) resolve();
    whenDrained.clear();
  };
  /** The next one of a stream's line comes to the front. */
  const advance = (stream: string): void => {
    const next = lines.get(stream)?.shift();
    if (next === undefined) lines.delete(stream);
    else first.add(next);
    startFirst();
  };
  const run = async <Value>({ stream, bytes }: ToPass, send: () => Promise<Value>): Promise<Value> => {
    inFlight += 1;
    bytesInFlight += bytes;
    try {
      return await send();
    } finally {
      inFlight -= 1;
      bytesInFlight -= bytes;
      advance(stream);
    }
  };
  const enter = (append: Waiting): void => {
    const line = lines.get(append.stream);
    if (line !== undefined) line.push(append);
    else {
      lines.set(append.stream, []);
      first.add(append);
      startFirst();
    }
  };

  return {
    pass(append, send) {
      const { stream, bytes } = append;
      if (first.size === 0 && !lines.has(stream) && hasRoom(bytes)) {
        lines.set(stream, []);
        return run(append, send);
      }
      if (waiting >= limits.waitingAppends || waitingBytes + bytes > limits.waitingBytes) {
        const message = `the log is busy: ${waiting} appends wait already`;
        return Promise.reject(new StoreUnavailable(message, "not-stored"));
      }
      waiting += 1;
      waitingBytes += bytes;
      return new Promise((resolve, reject) => {
        let isLate = false;
        const leave = (): void => {
          waiting -= 1;
          waitingBytes -= bytes;
        };
        const cancelLimit = timers.after(limits.waitingMilliseconds, () => {
          isLate = true;
          leave();
          reject(new StoreUnavailable("the log is busy: the append had to wait for too long", "not-stored"));
        });
        const start = (): void => {
          // Told already; it keeps its place in the line until its turn.
          if (isLate) return advance(stream);
          cancelLimit();
          leave();
          run(append, send).then(resolve, reject);
        };
        enter({ stream, bytes, start });
      });
    },
    drained: () =>
      new Promise((resolve) => {
        whenDrained.add(resolve);
        startFirst();
      }),
  };
};
