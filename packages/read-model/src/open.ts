import type { DecodedEvent, Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { createBatches, type Applied } from "./batch.ts";
import { isDamage, openDatabase } from "./database.ts";
import { follow } from "./follow.ts";
import { createGroupings } from "./grouping.ts";
import { EVENTS_PER_TRANSACTION } from "./limits.ts";
import type { AnyProjection, Projection, ReadModel, Row, Table } from "./projection.ts";
import { createTable } from "./table.ts";
import { createWaiting } from "./waiting.ts";

export interface ReadModelOptions {
  /** Path of the SQLite file; its folder exists. `:memory:` keeps nothing. One process per file. */
  readonly file: string;
  readonly projections: readonly AnyProjection[];
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly environment: Environment;
  /** What went wrong and is tried again, for ever: the log is away, the disk is full, an event cannot be applied. */
  readonly onError: (error: unknown) => void;
  /** The file was written: whatever stood in the way is over. */
  readonly onWritten?: () => void;
  /** Closes it. */
  readonly signal?: AbortSignal;
  /** Default `EVENTS_PER_TRANSACTION`. */
  readonly eventsPerTransaction?: number;
}

type Listener = (events: readonly DecodedEvent[], position: bigint) => void;

/**
 * Opens the read model and begins to follow the log. Queries may be asked at once; `ready` says when they are current.
 * @throws when the file cannot be opened, or is a database of something else
 */
export const openReadModel = (options: ReadModelOptions): ReadModel => {
  const { projections, store, environment, onError } = options;
  const database = openDatabase(options.file, projections, onError);
  const batches = createBatches(database, projections, options.decoder);
  const waiting = createWaiting(environment);
  const listeners = new Set<Listener>();

  const guarded = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (isDamage(error)) follower.damaged();
      throw error;
    }
  };
  const tables = new Map(
    projections.map((projection) => {
      const groupings = createGroupings(database, projection);
      return [projection.name, { groupings, table: createTable(database, projection, groupings, guarded) }];
    }),
  );

  const tell = (listener: Listener, { events, checkpoint }: Applied): void => {
    try {
      listener(events, checkpoint.position);
    } catch (error) {
      onError(error);
    }
  };
  const follower = follow({
    store,
    categories: [...new Set(projections.flatMap((projection) => projection.categories))],
    database,
    batches,
    environment,
    eventsPerTransaction: options.eventsPerTransaction ?? EVENTS_PER_TRANSACTION,
    onError,
    written: () => options.onWritten?.(),
    announce(applied) {
      for (const { projection, rows } of applied.changes) tables.get(projection.name)?.groupings.changed(rows);
      for (const listener of listeners) tell(listener, applied);
    },
    advanced: (position) => waiting.reached(position),
    forget() {
      batches.forget();
      for (const { groupings } of tables.values()) groupings.forget();
    },
  });

  const closeOnce = async (): Promise<void> => {
    try {
      await follower.stop();
    } catch (error) {
      onError(error);
    }
    waiting.giveUp();
    database.close();
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= closeOnce());
  if (options.signal?.aborted) void close();
  else options.signal?.addEventListener("abort", () => void close(), { once: true });

  return {
    table: <R extends Row>(projection: Projection<R>) => {
      const found = tables.get(projection.name);
      if (!found) throw new Error(`${projection.name} is no projection of this read model`);
      return found.table as unknown as Table<R>;
    },
    position: () => follower.position(),
    waitFor: (position, milliseconds, signal) =>
      follower.position() >= position ? Promise.resolve(true) : waiting.wait(position, milliseconds, signal),
    ready: follower.ready,
    onApplied(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close,
  };
};
