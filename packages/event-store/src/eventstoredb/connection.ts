import { EventStoreDBClient } from "@eventstore/db-client";
import type { Environment } from "@safar/kernel";
import { StoreUnavailable } from "../port.ts";
import type { Address } from "./address.ts";
import { messageOf } from "./errors.ts";
import { DISPOSE_AGAIN_MILLISECONDS, type EventStoreDbLimits } from "./limits.ts";
import { takeProcessSlot } from "./process-slot.ts";

export interface ConnectionOptions {
  readonly address: Address;
  readonly environment: Environment;
  readonly limits: EventStoreDbLimits;
  /** Told of what no caller hears of: a connection that is replaced, a subscription that will be taken up again. */
  readonly report: (problem: unknown) => void;
  /** The process cannot go on and has to end with an error; nothing is ever appended again. */
  readonly onFatal: (problem: Error) => void;
}

/**
 * What is in use until it is given up: two clients, so that a read's refusal moves no append. Who is told to go to another
 * node opens a second stream of appends there, and ten seconds later the first one's end rejects what the second one has
 * under way: its next answer would end the process.
 */
export interface Session {
  readonly appending: EventStoreDBClient;
  readonly reading: EventStoreDBClient;
  /** False once it is given up: what its clients end with then says nothing. */
  isCurrent(): boolean;
}

export interface Connection extends ConnectionOptions {
  /** The present session; undefined while it is replaced and once the connection is closed. */
  current(): Session | undefined;
  /** The present session; waits while it is replaced. @throws StoreUnavailable once the connection is closed. */
  session(): Promise<Session>;
  /** Counts a call that appends until it has settled: before that the client is not given up for another. */
  track<Value>(call: Promise<Value>): Promise<Value>;
  /** Gives up a session that hangs: its appends end with unknown outcome, then another client is opened. */
  replace(session: Session, why: string): void;
  /** Called once when the connection is closed, at once where it is. @returns takes the call back. */
  onClosed(callback: () => void): () => void;
  checkOpen(): void;
  /** What an error says, without the credentials. */
  told(problem: unknown): string;
  /** Waits for the appends, then ends everything else. */
  close(drained: () => Promise<void>): Promise<void>;
}

const closedError = (): StoreUnavailable => new StoreUnavailable("the log is closed", "not-stored");

/** Opens the process's one connection; the client connects at the first call. @throws Error, see `takeProcessSlot`. */
export const openConnection = (options: ConnectionOptions): Connection => {
  const { address, environment, limits, report, onFatal } = options;
  const told = (problem: unknown): string => address.redact(messageOf(problem));
  const free = takeProcessSlot();
  const whenClosed = new Set<() => void>();
  let pending = 0;
  let settled: (() => void) | undefined;
  let closing: Promise<void> | undefined;
  let closed = false;
  let current: Session | undefined;
  let next: Promise<Session>;

  const connect = (): Session => {
    const url = address.url(sessions++);
    const [appending, reading] = [EventStoreDBClient.connectionString(url), EventStoreDBClient.connectionString(url)];
    const session: Session = { appending, reading, isCurrent: () => current === session };
    current = session;
    return session;
  };
  const checkOpen = (): void => {
    if (closing !== undefined) throw closedError();
  };

  /** Ends all that a session does, again and again, until none of its appends is pending. */
  const giveUp = async ({ appending, reading }: Session): Promise<void> => {
    const end = environment.clock.monotonic() + limits.replaceMilliseconds;
    do {
      // Not waited for: what matters is that the appends settle, and it may hang as they do.
      for (const client of [appending, reading]) client.dispose().catch(() => undefined);
      await Promise.race([
        environment.timers.sleep(DISPOSE_AGAIN_MILLISECONDS),
        new Promise<void>((resolve) => {
          settled = resolve;
          if (pending === 0) resolve();
        }),
      ]);
      settled = undefined;
      if (pending === 0) return;
    } while (environment.clock.monotonic() < end);
    throw new Error(`${pending} appends to EventStoreDB did not settle when their connection was given up`);
  };

  const exchange = async (session: Session): Promise<Session> => {
    try {
      await giveUp(session);
    } catch (problem) {
      // Another client now would be harmed by the first one's appends: better an end and a fresh start.
      onFatal(problem as Error);
      throw new StoreUnavailable(told(problem), "not-stored", { cause: problem });
    }
    if (closed) throw closedError();
    return connect();
  };

  const connection: Connection = {
    ...options,
    told,
    checkOpen,
    current: () => current,
    session: () => (closed ? Promise.reject(closedError()) : next),
    track(call) {
      pending += 1;
      return call.finally(() => {
        pending -= 1;
        if (pending === 0) settled?.();
      });
    },
    replace(session, why) {
      if (!session.isCurrent() || closed) return;
      report(new Error(`the connection to EventStoreDB is replaced: ${why}`));
      current = undefined;
      next = exchange(session);
      next.catch(() => undefined);
    },
    onClosed(callback) {
      if (closed) callback();
      else whenClosed.add(callback);
      return () => whenClosed.delete(callback);
    },
    close(drained) {
      const close = async (): Promise<void> => {
        await drained();
        closed = true;
        for (const callback of [...whenClosed]) callback();
        const last = await next.catch(() => undefined);
        current = undefined;
        if (last !== undefined) await giveUp(last).catch((problem: unknown) => onFatal(problem as Error));
        free();
      };
      return (closing ??= close());
    },
  };
  try {
    next = Promise.resolve(connect());
  } catch (problem) {
    free();
    // No cause: the client's error holds the whole string.
    throw new TypeError(`the address of EventStoreDB cannot be used: ${told(problem)}`);
  }
  return connection;
};

let sessions = 0;
