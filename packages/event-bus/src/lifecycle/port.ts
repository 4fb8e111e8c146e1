/**
 * What the relay and the consumers need of the stream of published events. Two adapters: `jetstream/` is NATS,
 * `memory/` models it, its hazards included, for the simulation.
 */

/** As the relay makes it. */
export interface LifecycleMessage {
  /** The event's id: what the broker knows a repeat by, within its window. */
  readonly id: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** As it lies in the stream. */
export interface StoredMessage {
  /** Its number in the stream, from 1. */
  readonly sequence: number;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StreamState {
  /** Tells one stream from another of the same name that was made later. */
  readonly created: string;
  /** Sequence of the last message that was ever stored; 0: none. */
  readonly lastSequence: number;
  /** How many are there. Fewer than `lastSequence`: some were removed. */
  readonly messages: number;
}

/** The fence: the broker stores a message only where all that is said here is so. */
export interface Expectation {
  readonly lastSequence: number;
  /** Left out for the first message of a round: a broker forgets ids when it restarts. */
  readonly lastId?: string;
}

export interface Stored {
  readonly sequence: number;
  /** The broker had the id already, and stored nothing. */
  readonly isDuplicate: boolean;
}

export interface DurableSpec {
  readonly name: string;
  /** Subjects it takes. */
  readonly filter: string;
  /** Messages handed out and not acknowledged at once; 1 keeps the order whatever happens. */
  readonly pending: number;
  /** After how long without an answer a message is handed out again. */
  readonly ackWaitMs: number;
}

export interface DurableState {
  readonly spec: DurableSpec;
  /** What no spec says and the relay would have made otherwise, as in `max_deliver`: by it events may be skipped. */
  readonly strange: readonly string[];
  /** Sequence of the last message that was handed out. Beyond the stream's last: the stream is an older one. */
  readonly delivered: number;
  /** Messages that were not handed out yet. */
  readonly waiting: number;
  /** Messages handed out and not acknowledged. */
  readonly unacknowledged: number;
}

/** The relay's side. Every call settles within a time limit. */
export interface LifecycleStream {
  /** Undefined: there is no such stream. @throws StreamError */
  state(): Promise<StreamState | undefined>;
  /** Makes the stream, or brings one that is there to the configured limits. @throws StreamError */
  ensure(): Promise<void>;
  /** With its durables; never purged, since a broker remembers ids of what was purged. @throws StreamError */
  remove(): Promise<void>;
  lastMessage(): Promise<StoredMessage | undefined>;
  message(sequence: number): Promise<StoredMessage | undefined>;
  /** Calls are stored in the order in which they are made. @throws StreamError */
  publish(message: LifecycleMessage, expected: Expectation): Promise<Stored>;
  durables(): Promise<readonly DurableState[]>;
  /** Makes it, or changes one that is there in pending and wait; what else it has stays. */
  putDurable(spec: DurableSpec): Promise<void>;
  removeDurable(name: string): Promise<void>;
}

/** A message handed out to a consumer. The calls are lost where the broker is away: then it comes again. */
export interface Delivery extends StoredMessage {
  ack(): void;
  /** Still at it: begins the time anew after which it is handed out again. */
  working(): void;
  /** Gives it back, to be handed out again at once. */
  release(): void;
}

/** A consumer's side. */
export interface DurableReader {
  /**
   * The next message of a durable that was seen to be there: of one that is not, a broker may say nothing.
   * Undefined: none came while one request waited, or the signal aborted. @throws StreamError
   */
  next(durable: string, signal: AbortSignal): Promise<Delivery | undefined>;
  /**
   * Undefined: there is no such durable. @throws StreamError
   * @param signal given, a connection is waited for until it aborts; else only as long as for an answer
   */
  durable(name: string, signal?: AbortSignal): Promise<DurableState | undefined>;
  /** Asks the broker for the stream. @throws StreamError, with a message for the operator */
  check(): Promise<void>;
  /** What is known of the connection without asking. */
  connection(): { readonly isConnected: boolean; readonly denied: number };
  /** Gives back what was handed out and not taken, and ends. */
  close(): Promise<void>;
}

/** Why the broker did not do what it was asked to do. */
export type StreamErrorReason =
  /** Another message came first, or another id was the last. */
  | "fence"
  /** A limit of the stream or of the account is reached. */
  | "full"
  /** The message is larger than the broker takes. */
  | "too-large"
  | "no-stream"
  | "no-durable"
  /** No answer in time: it may have been done. */
  | "away"
  | "refused";

export class StreamError extends Error {
  override readonly name = "StreamError";
  readonly reason: StreamErrorReason;
  constructor(reason: StreamErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export const isStreamError = (error: unknown, reason: StreamErrorReason): boolean =>
  error instanceof StreamError && error.reason === reason;
