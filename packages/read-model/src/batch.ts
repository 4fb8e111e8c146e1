import type { DecodedEvent, Decoder, StoredEvent } from "@safar/contracts";
import type { Checkpoint, Database, LastEvent } from "./database.ts";
import type { AnyProjection } from "./projection.ts";
import { createRowWriter, type RowWriter, type Touched } from "./rows.ts";

/** An event that a read model cannot take. It stays there, saying so, until a release can: it never guesses. */
export class EventNotApplied extends Error {
  override readonly name = "EventNotApplied";
  readonly position: bigint;
  constructor(event: { readonly type: string; readonly stream: string; readonly position: bigint }, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${event.type} of ${event.stream} at ${event.position.toString()} cannot be applied: ${why}`, { cause });
    this.position = event.position;
  }
}

export interface Applied {
  readonly events: readonly DecodedEvent[];
  readonly checkpoint: Checkpoint;
  readonly changes: readonly { readonly projection: AnyProjection; readonly rows: ReadonlyMap<string, Touched> }[];
}

const placeOf = ({ id, stream, revision, position }: DecodedEvent): LastEvent => ({ id, stream, revision, position });

/** Brings events into the tables: rows and checkpoint in one transaction, so that neither is ever without the other. */
export const createBatches = (database: Database, projections: readonly AnyProjection[], decoder: Decoder) => {
  const writers: readonly RowWriter[] = projections.map((projection) => createRowWriter(database, projection));

  const forget = (): void => {
    for (const writer of writers) writer.forget();
  };

  const caughtUp = (): void => {
    for (const writer of writers) writer.caughtUp();
  };

  const project = (stored: StoredEvent): DecodedEvent => {
    try {
      const event = decoder.decode(stored);
      for (const writer of writers) writer.take(event);
      return event;
    } catch (error) {
      throw new EventNotApplied(stored, error);
    }
  };

  /** @param position where to resume after these events */
  const commit = (stored: readonly StoredEvent[], position: bigint): Applied => {
    const events: DecodedEvent[] = [];
    let checkpoint: Checkpoint = { position };
    try {
      database.transaction(() => {
        for (const each of stored) events.push(project(each));
        for (const writer of writers) writer.flush();
        const last = events.at(-1);
        checkpoint = { position, ...(last && { last: placeOf(last) }) };
        database.saveCheckpoint(checkpoint);
      });
    } catch (error) {
      forget();
      throw error;
    }
    const changes = writers.map((writer) => ({ projection: writer.projection, rows: writer.committed() }));
    return { events, checkpoint, changes };
  };

  /**
   * Applies all events, or those before the first that cannot be applied, which is then told.
   * @param stored at least one event
   * @throws what SQLite throws; nothing is applied then
   */
  const apply = (
    stored: readonly StoredEvent[],
    position: bigint,
  ): { readonly applied?: Applied; readonly failure?: EventNotApplied } => {
    try {
      return { applied: commit(stored, position) };
    } catch (error) {
      if (!(error instanceof EventNotApplied)) throw error;
      const before = stored.filter((event) => event.position < error.position);
      const last = before.at(-1);
      return last ? { applied: commit(before, last.position), failure: error } : { failure: error };
    }
  };

  return { apply, forget, caughtUp };
};

export type Batches = ReturnType<typeof createBatches>;
