import { nanos, type NatsConnection } from "nats";
import type { Environment } from "@safar/kernel";
import { REQUEST_GRACE_MS, REQUEST_MS } from "../limits.ts";
import { isStreamError, StreamError, type Delivery, type DurableReader, type DurableState } from "../lifecycle/port.ts";
import { STREAM } from "../lifecycle/subjects.ts";
import type { Connection } from "./connection.ts";
import { openInbox, type Arrival, type DurableInbox } from "./inbox.ts";
import { OWN_API } from "./settings.ts";
import { durableState } from "./shapes.ts";
import { createManagers } from "./stream.ts";

/**
 * A consumer's side of JetStream, by plain requests for one message each. The client's own `consume()` tells only by
 * status events that its consumer was deleted, buffers messages that are lost by `drain()`, and stops without a word
 * where a handler throws (nats 2.29).
 */

/** The request ended at the server without a message. */
const QUIET: ReadonlySet<number> = new Set([404, 408]);

type Outcome = Arrival | { readonly kind: "aborted" | "broken" | "silent" };

export const createJetStreamReader = (options: {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly inboxPrefix: string;
  readonly apiPrefix?: string | undefined;
}): DurableReader => {
  const { connection, environment, inboxPrefix, apiPrefix = OWN_API } = options;
  const ask = createManagers(connection, apiPrefix);
  const inboxes = new Map<string, DurableInbox>();
  const closing = new AbortController();
  const request = JSON.stringify({ batch: 1, expires: nanos(REQUEST_MS) });

  const inboxOf = (durable: string, nats: NatsConnection): DurableInbox => {
    const known = inboxes.get(durable);
    if (known?.nats === nats && known.isOpen()) return known;
    const inbox = openInbox(nats, inboxPrefix);
    inboxes.set(durable, inbox);
    return inbox;
  };

  /** Sends one request and waits for what becomes of it. */
  const requestOne = (durable: string, inbox: DurableInbox, signal: AbortSignal): Promise<Outcome> =>
    new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        inbox.receive = undefined;
        cancel();
        stopListening();
        signal.removeEventListener("abort", abort);
        resolve(outcome);
      };
      const abort = (): void => end({ kind: "aborted" });
      const stopListening = connection.onBreak(() => end({ kind: "broken" }));
      const cancel = environment.timers.after(REQUEST_MS + REQUEST_GRACE_MS, () => end({ kind: "silent" }));
      signal.addEventListener("abort", abort, { once: true });
      inbox.receive = end;
      try {
        inbox.nats.publish(`${apiPrefix}.CONSUMER.MSG.NEXT.${STREAM}.${durable}`, request, { reply: inbox.subject });
      } catch {
        end({ kind: "broken" });
      }
    });

  const durable = async (name: string, signal?: AbortSignal): Promise<DurableState | undefined> => {
    if (signal) await connection.ready(signal);
    signal?.throwIfAborted();
    try {
      return durableState(await ask((manager) => manager.consumers.info(STREAM, name)));
    } catch (error) {
      if (isStreamError(error, "no-durable") || isStreamError(error, "no-stream")) return undefined;
      throw error;
    }
  };

  const next = async (name: string, signal: AbortSignal): Promise<Delivery | undefined> => {
    const ending = AbortSignal.any([signal, closing.signal]);
    const nats = await connection.ready(ending);
    if (!nats || ending.aborted) return undefined;
    const outcome = await requestOne(name, inboxOf(name, nats), ending);
    if (outcome.kind === "message") return outcome.delivery;
    if (outcome.kind === "aborted" || (outcome.kind === "status" && QUIET.has(outcome.code))) return undefined;
    if (outcome.kind === "denied") throw new StreamError("refused", `${inboxPrefix}.> may not be subscribed to`);
    const why = outcome.kind === "status" ? `${outcome.code} ${outcome.description}` : outcome.kind;
    throw new StreamError("away", `JetStream gave no message of ${name}: ${why}`);
  };

  return {
    next,
    durable,
    connection: () => ({ isConnected: connection.isUp(), denied: connection.denied() }),
    async check() {
      await ask((manager) => manager.streams.info(STREAM));
    },
    async close() {
      closing.abort();
      for (const inbox of inboxes.values()) if (!inbox.nats.isClosed()) inbox.unsubscribe();
      inboxes.clear();
      await connection.close();
    },
  };
};
