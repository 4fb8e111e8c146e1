import type { Timers } from "@safar/kernel";
import { StoreOverloaded, StoreUnavailable } from "../port.ts";
import type { EventStoreDbLimits } from "./limits.ts";

export interface AppendGate {
  /**
   * Calls `send` when it is its turn: in the order of the calls, and one at a time for each stream, as the server does
   * not always take up in order what is sent at once.
   * @throws StoreOverloaded when too much waits already, StoreUnavailable when it waited for too long. Neither was sent.
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

/**
 * Bounds what is in flight, and what waits: everything beyond is refused at once. Whoever has waited for too long leaves
 * its line, and nothing holds its events any more.
 */
export const createAppendGate = (timers: Timers, limits: EventStoreDbLimits): AppendGate => {
  /** For each stream with an append under way or waiting: those that wait behind it. */
  const lines = new Map<string, Set<Waiting>>();
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
    const line = lines.get(stream);
    const [next] = line ?? [];
    if (next === undefined) lines.delete(stream);
    else {
      line?.delete(next);
      first.add(next);
    }
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
    waiting += 1;
    waitingBytes += append.bytes;
    const line = lines.get(append.stream);
    if (line !== undefined) line.add(append);
    else {
      lines.set(append.stream, new Set());
      first.add(append);
      startFirst();
    }
  };
  const leave = ({ bytes }: Waiting): void => {
    waiting -= 1;
    waitingBytes -= bytes;
  };
  /** It is told and forgotten, wherever it stood. */
  const giveUp = (append: Waiting): void => {
    leave(append);
    if (first.delete(append)) advance(append.stream);
    else lines.get(append.stream)?.delete(append);
  };

  return {
    pass(append, send) {
      const { stream, bytes } = append;
      if (first.size === 0 && !lines.has(stream) && hasRoom(bytes)) {
        lines.set(stream, new Set());
        return run(append, send);
      }
      if (waiting >= limits.waitingAppends || waitingBytes + bytes > limits.waitingBytes)
        return Promise.reject(new StoreOverloaded(`the log is overloaded: ${waiting} appends wait already`));
      return new Promise((resolve, reject) => {
        const cancelLimit = timers.after(limits.waitingMilliseconds, () => {
          giveUp(entry);
          reject(new StoreUnavailable("the log is busy: the append had to wait for too long", "not-stored"));
        });
        const start = (): void => {
          cancelLimit();
          leave(entry);
          run(append, send).then(resolve, reject);
        };
        const entry: Waiting = { stream, bytes, start };
        enter(entry);
      });
    },
    drained: () =>
      new Promise((resolve) => {
        whenDrained.add(resolve);
        startFirst();
      }),
  };
};
