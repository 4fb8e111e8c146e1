/** What an event log must do. Every adapter passes one contract suite (`test/contract.ts`). */

/** Where an event stands in the whole log; grows with the log, dense or not. Compared as integers. */
export type Position = bigint;

/** The number of an event in its stream, from 0, without gaps. */
export type Revision = number;

/** Always given: the log never appends blindly (eventstoredb.md: ANY and STREAM_EXISTS forget). */
export type ExpectedRevision = Revision | "no-stream";

/** An event as it is handed to the log: bytes that the log keeps exactly. */
export interface EventToAppend {
  /** UUID in lower case. */
  readonly id: string;
  /** PascalCase name of the contract. */
  readonly type: string;
  /** JSON, UTF-8. */
  readonly data: Uint8Array;
  /** JSON, UTF-8. */
  readonly metadata: Uint8Array;
}

export interface RecordedEvent extends EventToAppend {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** When the log got it, milliseconds since the epoch. */
  readonly recordedAt: number;
}

export interface AppendResult {
  /** Revision of the last event of this append, at its first time. */
  readonly revision: Revision;
  /** Position of the last event of this append, at its first time. */
  readonly position: Position;
}

export type Direction = "forwards" | "backwards";

export interface ReadStreamOptions {
  /** First revision to give (inclusive). Default: the first event forwards, the last one backwards. */
  readonly from?: Revision;
  readonly direction?: Direction;
  /** At most so many events. Default: all. */
  readonly limit?: number;
}

/** Only streams of these categories (the part of a stream's name before its first dash). Absent: all. */
export interface CategoryFilter {
  readonly categories: readonly string[];
}

export interface ReadAllOptions {
  /** Forwards: events strictly after it. Default: from the start. */
  readonly after?: Position;
  /** Backwards: events strictly before it. Default: from the end. */
  readonly before?: Position;
  readonly direction?: Direction;
  readonly limit?: number;
  readonly filter?: CategoryFilter;
  /** Ends the read with the signal's reason, whatever it waits for; what it held is free then. */
  readonly signal?: AbortSignal;
}

export interface SubscribeOptions {
  /** Events strictly after this position; `start`: all; `end`: only what comes after the call. */
  readonly after: Position | "start" | "end";
  readonly filter?: CategoryFilter;
  /** Ends the subscription: the iterator finishes without an error. */
  readonly signal: AbortSignal;
}

/**
 * What a subscription gives, in the log's order.
 * `position` is where to resume once everything up to and including this message is applied;
 * it may be past the last event when later ones did not match the filter. It never goes back.
 */
export type SubscriptionMessage =
  | { readonly kind: "events"; readonly events: readonly RecordedEvent[]; readonly position: Position }
  | { readonly kind: "caughtUp"; readonly position: Position };

export interface EventStore {
  /**
   * Appends all events or none, durably before it resolves.
   * The same ids at the same expected revision are answered as the first time and stored once;
   * ids are not unique otherwise (eventstoredb.md).
   * @throws WrongExpectedRevision, AppendTooLarge, StoreUnavailable, StoreOverloaded
   */
  append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult>;
  /** A stream that does not exist gives nothing. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;
  /** @throws UnknownPosition where no event stands and the log does not find what came before at small cost. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;
  /** Resumes by itself for ever until its signal aborts; wakes without polling. */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>;
  /** The position of the last event; -1n of an empty log. */
  head(): Promise<Position>;
  close(): Promise<void>;
}

/** EventStoreDB's own limit for one append. What counts is what it would be after a move: see `countedBytes`. */
export const MAX_APPEND_BYTES = 1_048_576;

/**
 * Room that each event keeps for its origin: a log that is moved to EventStoreDB puts first position, time and a little
 * JSON around the metadata, some 90 bytes.
 */
export const ORIGIN_BYTES = 128;

/**
 * What an event counts towards `MAX_APPEND_BYTES`: its data, twice its type, its metadata in base64 and room for its
 * origin. So whatever any log accepted can be moved.
 */
export const countedBytes = ({ type, data, metadata }: Omit<EventToAppend, "id">): number =>
  data.byteLength + 2 * type.length + 4 * Math.ceil(metadata.byteLength / 3) + ORIGIN_BYTES;

/** Another append came first. `actual` is the stream's last revision. */
export class WrongExpectedRevision extends Error {
  override readonly name = "WrongExpectedRevision";
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;
  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`${stream} is at ${actual}, expected ${expected}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The append is over what the log takes at once, usually `MAX_APPEND_BYTES`; nothing is stored. */
export class AppendTooLarge extends Error {
  override readonly name = "AppendTooLarge";
  readonly bytes: number;
  constructor(bytes: number, allowed = MAX_APPEND_BYTES) {
    super(`the append has ${bytes} bytes, ${allowed} are allowed`);
    this.bytes = bytes;
  }
}

/** No event stands at a position, and to find its neighbours the log would have to be searched. Nobody was given it. */
export class UnknownPosition extends Error {
  override readonly name = "UnknownPosition";
  constructor() {
    super("the log has no event at this position: begin at one that it has given, or at its start");
  }
}

/** The log is away, full or closing. `outcome` says whether the append may have been stored all the same. */
export class StoreUnavailable extends Error {
  override readonly name: string = "StoreUnavailable";
  readonly outcome: "not-stored" | "unknown";
  constructor(message: string, outcome: "not-stored" | "unknown", options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
  }
}

/** More waits for the log than its limits allow; this was not taken in. It ends by itself: come again a little later. */
export class StoreOverloaded extends StoreUnavailable {
  override readonly name = "StoreOverloaded";
  constructor(message: string) {
    super(message, "not-stored");
  }
}
