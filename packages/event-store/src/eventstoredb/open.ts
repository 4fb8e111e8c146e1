import type { Environment } from "@safar/kernel";
import { checkAppend } from "../local/check-append.ts";
import { StoreUnavailable, type AppendResult, type EventStore, type Revision } from "../port.ts";
import { readAddress } from "./address.ts";
import { createAppendGate } from "./append-gate.ts";
import { preparedEvent, sendAppend } from "./append.ts";
import { openConnection } from "./connection.ts";
import { defaultLimits, type EventStoreDbLimits } from "./limits.ts";
import { createNumbering, headOf, isNumbering } from "./log-on-server.ts";
import type { Numbering } from "./moved-log.ts";
import { readAll, readStream, type ReadParts } from "./read.ts";
import { createReadSlots } from "./slots.ts";
import { subscribe } from "./subscription.ts";

export interface EventStoreDbOptions {
  /**
   * `esdb://[user:password@]host:port[,host:port][?tls=…&tlsCAFile=…]`, or `esdb+discover://…` for a cluster by its
   * name. User and password are percent-encoded and hold for the whole connection.
   */
  readonly url: string;
  readonly environment: Environment;
  /** Told of trouble that no caller hears of: a connection that is replaced, a subscription that will go on. */
  readonly report?: (problem: unknown) => void;
  /**
   * Called when the client hangs for good: the process has to end with an error and be started again, as nothing can
   * be appended any more. Nothing acknowledged is lost by that.
   */
  readonly onFatal: (problem: Error) => void;
  readonly limits?: Partial<EventStoreDbLimits>;
}

const shown = (numbering: Numbering, { revision, position }: AppendResult): AppendResult => ({
  revision,
  position: numbering.toShown(position),
});

/** The answer to a repeated append whose events were moved here since: they kept their first positions. */
const firstAnswer = async (parts: ReadParts, stream: string, revision: Revision): Promise<AppendResult> => {
  try {
    for await (const { position } of readStream(parts, stream, { from: revision, limit: 1 }))
      return { revision, position };
  } catch (problem) {
    // The append itself was accepted, whatever becomes of looking it up.
    throw new StoreUnavailable(`the append's first position is not known yet: ${String(problem)}`, "unknown");
  }
  throw new Error(`${stream} has no event ${revision}, though an append to it was accepted`);
};

/**
 * Opens the log on EventStoreDB, one in a process. The server need not be there yet: subscriptions wait for it, appends
 * and reads are refused until it is.
 * @throws TypeError for an address that cannot be used, Error where this process has one open already.
 */
export const openEventStoreDb = async (options: EventStoreDbOptions): Promise<EventStore> => {
  const { environment, report = () => undefined, onFatal } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const connection = openConnection({ address: readAddress(options.url), environment, limits, report, onFatal });
  const numbering = createNumbering(connection);
  const gate = createAppendGate(environment.timers, limits);
  const parts: ReadParts = { connection, numbering, slots: createReadSlots(environment.timers, limits) };
  const subscriptions = { open: 0 };

  return {
    append: (stream, expected, events) =>
      // What is thrown in here rejects the promise.
      new Promise((resolve, reject) => {
        const bytes = checkAppend(stream, expected, events);
        if (isNumbering(stream)) throw new TypeError(`${stream} belongs to the log's own numbering`);
        connection.checkOpen();
        const append = { stream, expected, bytes, events: events.map(preparedEvent) };
        const send = async () => {
          const known = numbering.present() ?? (await numbering.load());
          const result = await sendAppend(connection, append);
          return known.isMoved(result.position) ? firstAnswer(parts, stream, result.revision) : shown(known, result);
        };
        gate.pass(append, send).then(resolve, reject);
      }),
    readStream: (stream, options = {}) => readStream(parts, stream, options),
    readAll: (options = {}) => readAll(parts, options),
    subscribe: (options) => subscribe(parts, subscriptions, options),
    async head() {
      connection.checkOpen();
      const free = await parts.slots.take();
      try {
        return await headOf(connection, await numbering.load());
      } finally {
        free();
      }
    },
    close: () => connection.close(gate.drained),
  };
};
