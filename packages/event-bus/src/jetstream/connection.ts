import {
  connect,
  ErrorCode,
  Events,
  NatsError,
  type ConnectionOptions as NatsOptions,
  type NatsConnection,
} from "nats";
import type { Environment } from "@safar/kernel";
import { pauseAfter } from "../backoff.ts";
import { ANSWER_MS } from "../limits.ts";
import { StreamError } from "../lifecycle/port.ts";
import type { BusLog } from "../port.ts";
import { whyUnreached } from "./errors.ts";
import { connectionOptionsOf, type NatsSettings } from "./settings.ts";
import { createToldConnection } from "./told-connection.ts";

/** One connection to NATS, made in the background and kept for ever. */
export interface Connection {
  /** Resolves while it stands; undefined: the signal aborted, or it was closed. */
  ready(signal: AbortSignal): Promise<NatsConnection | undefined>;
  /** Waits for it as long as for an answer. @throws StreamError `away` */
  soon(): Promise<NatsConnection>;
  /** @throws StreamError `away` while there is none */
  now(): NatsConnection;
  isUp(): boolean;
  /** What was under way at a break is never answered. The returned function ends the calls. */
  onBreak(callback: () => void): () => void;
  /** How often the server refused a subject: a right that is missing, or somebody who tries. */
  denied(): number;
  /** Sends what is to be sent, and ends. */
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly settings: NatsSettings;
  readonly environment: Environment;
  readonly log: BusLog;
  /** It is closed for good, as by a server that no longer takes the credentials: the process should end. */
  readonly onFatal: (error: Error) => void;
}

/**
 * Connects so that every server of the list stays on it. The client strikes those off for good that are away at first,
 * unless it is told to wait for them; but then it keeps to itself that credentials are refused. So it knocks first.
 */
const connectToAll = async (wanted: NatsOptions, signal: AbortSignal): Promise<NatsConnection | undefined> => {
  await (await connect(wanted)).close();
  const opening = connect({ ...wanted, waitOnFirstConnect: true });
  // Where all of them went in between, it waits for ever and cannot be told to stop.
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const opened = await Promise.race([opening, aborted]);
  if (!opened)
    void opening.then(
      (late) => late.close(),
      () => undefined,
    );
  return opened;
};

/** What trying again does not mend. */
const isHopeless = (error: unknown): boolean =>
  error instanceof NatsError &&
  [ErrorCode.AuthorizationViolation, ErrorCode.AuthenticationExpired, ErrorCode.BadCreds].includes(
    error.code as ErrorCode,
  );

export const openConnection = (options: ConnectionOptions): Connection => {
  const { settings, environment, log, onFatal } = options;
  const wanted = connectionOptionsOf(settings);
  /** Without a password. */
  const address = settings.url.replace(/\/\/[^@/]*@/g, "//");
  const closing = new AbortController();
  const breaks = new Set<() => void>();
  const arrivals = new Set<() => void>();
  let nats: NatsConnection | undefined;
  let isUp = false;
  let denied = 0;
  const told = createToldConnection({ log, address });

  const arrived = (): void => {
    isUp = true;
    for (const arrive of arrivals) arrive();
  };
  const broken = (): void => {
    isUp = false;
    for (const callback of breaks) callback();
  };

  const watch = async (connection: NatsConnection): Promise<void> => {
    for await (const { type, data, permissionContext } of connection.status()) {
      if (type === Events.Reconnect) {
        arrived();
        told.reconnected(data);
      }
      if (type === Events.Disconnect) {
        broken();
        if (!closing.signal.aborted) told.broke(data);
      }
      if (type === Events.Error) {
        denied += permissionContext ? 1 : 0;
        // Only here is a refused publish or acknowledgement ever told.
        told.refused(data, permissionContext);
      }
    }
  };

  const fail = (error: Error): void => {
    if (!closing.signal.aborted) onFatal(error);
  };

  const keep = async (): Promise<void> => {
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        nats = await connectToAll(wanted, closing.signal);
        break;
      } catch (error) {
        told.unreached(whyUnreached(error, wanted.tls !== undefined && settings.certFile === undefined));
        if (isHopeless(error))
          return void fail(new Error("NATS does not let us in; look at the credentials", { cause: error }));
        await environment.timers.sleep(pauseAfter(failures, environment.random), closing.signal).catch(() => undefined);
      }
    }
    if (!nats) return;
    if (closing.signal.aborted) return void (await nats.close());
    // Its end is that of the connection: the client does not always end the iterator with it.
    void watch(nats);
    told.reached();
    arrived();
    const error = await nats.closed();
    broken();
    fail(new Error("the connection to NATS is closed for good", { cause: error }));
  };
  const kept = keep();

  const ready = async (signal: AbortSignal): Promise<NatsConnection | undefined> => {
    const ending = AbortSignal.any([signal, closing.signal]);
    while (!isUp && !ending.aborted)
      await new Promise<void>((resolve) => {
        const go = (): void => {
          arrivals.delete(go);
          ending.removeEventListener("abort", go);
          resolve();
        };
        arrivals.add(go);
        ending.addEventListener("abort", go, { once: true });
      });
    return ending.aborted ? undefined : nats;
  };

  /** Resolves at a break, or after the time of an answer: the client's `drain` then waits for ever. */
  const silence = (): Promise<void> =>
    new Promise((resolve) => {
      breaks.add(resolve);
      environment.timers.after(ANSWER_MS, resolve);
    });

  const now = (): NatsConnection => {
    if (!nats || !isUp) throw new StreamError("away", `NATS is not connected (${address})`);
    return nats;
  };

  return {
    ready,
    async soon() {
      const waiting = new AbortController();
      const cancel = environment.timers.after(ANSWER_MS, () => waiting.abort());
      await ready(waiting.signal);
      cancel();
      return now();
    },
    now,
    isUp: () => isUp,
    onBreak(callback) {
      breaks.add(callback);
      return () => breaks.delete(callback);
    },
    denied: () => denied,
    async close() {
      closing.abort();
      // What is on its way out goes first; where the server is away there is nothing to wait for.
      if (nats && isUp) await Promise.race([nats.drain().catch(() => undefined), silence()]);
      await nats?.close();
      await kept;
    },
  };
};
