import type { DecodedEvent } from "@safar/contracts";

/** A row: plain JSON. Personal values in it stay sealed. */
export type Row = object;

/**
 * A read model table. Pure: the row of a key follows from the events of that key alone, in the log's order,
 * so that it can be deleted and rebuilt.
 */
export interface Projection<R extends Row> {
  readonly name: string;
  /** A change of meaning raises it: the read model is then rebuilt from the log. */
  readonly version: number;
  /** Stream categories whose events it takes. */
  readonly categories: readonly string[];
  /** Keys of the rows that an event changes; none: the event is passed over. */
  keysOf(event: DecodedEvent): readonly string[];
  /**
   * The row after the event; undefined deletes it. Given back as it was (the same object), it counts as unchanged.
   * A row that is given is never changed in place.
   */
  project(row: R | undefined, event: DecodedEvent, key: string): R | undefined;
  /** Top-level fields of the row that queries filter by: strings, numbers or booleans (filtered as 0 and 1). */
  readonly indexes?: readonly (keyof R & string)[];
}

/** Any projection, for code that only passes rows on. */
export interface AnyProjection extends Omit<Projection<Row>, "indexes"> {
  readonly indexes?: readonly string[];
}

/** Rows of one projection, as queries see them. */
export interface Table<R extends Row> {
  get(key: string): R | undefined;
  /** Equality on indexed fields (an array: any of them); newest change first, or by key. @throws BadCursor */
  find(query?: {
    readonly where?: Readonly<Partial<Record<keyof R & string, string | number | readonly (string | number)[]>>>;
    /** Default: `newest`. */
    readonly order?: "key" | "newest";
    /** Opaque; from the `next` of the page before, asked with the same `where` and `order`. */
    readonly cursor?: string;
    /** Default 50, at most 500 (`limits.ts`). */
    readonly limit?: number;
  }): {
    readonly items: readonly { readonly key: string; readonly row: R; readonly position: bigint }[];
    readonly next?: string;
  };
  /** How many rows there are by each combination of the given indexed fields; kept counted, so cheap to ask again. */
  count(by: readonly (keyof R & string)[]): readonly {
    readonly by: Readonly<Record<string, string | number | null>>;
    readonly count: number;
  }[];
}

/** All tables of one service, in one SQLite file, fed by one subscription. */
export interface ReadModel {
  table<R extends Row>(projection: Projection<R>): Table<R>;
  /** Everything up to here is applied; -1n until the file has been compared with the log. */
  position(): bigint;
  /** Resolves true once `position` is applied, false after `milliseconds`, where the signal aborts, or when it is closed. */
  waitFor(position: bigint, milliseconds: number, signal?: AbortSignal): Promise<boolean>;
  /** Resolves when the subscription has caught up with the log for the first time; rejects when closed before. */
  readonly ready: Promise<void>;
  /** Called after each applied batch, with the events, in order. Returns the way to stop. */
  onApplied(listener: (events: readonly DecodedEvent[], position: bigint) => void): () => void;
  close(): Promise<void>;
}
