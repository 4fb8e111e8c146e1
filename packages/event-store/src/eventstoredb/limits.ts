/** The bounds of the EventStoreDB adapter, each with its reason. Sizes of one append and of names stand in the port. */

/** Appends handed to the server and not answered: the client's rate grows up to some 256, not beyond. */
export const MAX_APPENDS_IN_FLIGHT = 256;
/** Bytes of the same: what the process can spare, as the client keeps them all until they are sent. */
export const MAX_BYTES_IN_FLIGHT = 16 * 1_048_576;
/** Appends that wait for their turn: about four seconds of work. Beyond it callers had better hear "no" at once. */
export const MAX_WAITING_APPENDS = 16_384;
/** Bytes of the same. */
export const MAX_WAITING_BYTES = 64 * 1_048_576;
/** Longest wait for its turn; then the append is refused, not stored. */
export const WAITING_MILLISECONDS = 10_000;

/**
 * What the server is asked to keep to with an append: "too late" comes at the worst, while both are well. Twice the time
 * of an election.
 */
export const APPEND_DEADLINE_MILLISECONDS = 3_000;
/** No answer for so long, and the connection hangs: the outcome is unknown, the connection is replaced. */
export const APPEND_MILLISECONDS = 6_000;
/** How long what was surely not stored (not the leader, not connected) is tried again: an election takes 1.5 s. */
export const APPEND_RETRY_MILLISECONDS = 3_000;

/** Longest wait for the next events of a read: the server keeps no deadline there. */
export const READ_MILLISECONDS = 10_000;
/** How long a read that is interrupted is taken up again before its caller is told. */
export const READ_RETRY_MILLISECONDS = 3_000;
/** Reads of one process at a time; with the subscriptions fewer than the 100 streams of one HTTP/2 connection. */
export const MAX_OPEN_READS = 32;
/** Reads that wait for one of these to end. */
export const MAX_WAITING_READS = 4_096;
/** Subscriptions of one process: a service has some ten. */
export const MAX_SUBSCRIPTIONS = 60;
/** Events that one read or subscription holds that nobody has taken yet. */
export const BUFFERED_EVENTS = 64;
/**
 * Newest events of the log that are looked through for the neighbours of a position at which none stands: a tenth of a
 * second. Who was given a position by the log never needs it.
 */
export const MAX_PLACE_SEARCH_EVENTS = 2_048;
/** Events asked for beyond a read's limit, since system events count as well. */
export const SYSTEM_EVENTS_MARGIN = 8;

/** Log events that the server searches between two checkpoints while a filtered subscription catches up. */
export const CATCH_UP_WINDOW = 1_000;
/** First and longest wait before a subscription or read is taken up again; doubled in between. */
export const FIRST_RETRY_MILLISECONDS = 50;
export const LAST_RETRY_MILLISECONDS = 5_000;

/** Within it every append of a connection that is given up has settled (its keepalive gives up after 20 s). */
export const REPLACE_MILLISECONDS = 30_000;
/** How often a connection that is given up is told so, as the client may open another stream meanwhile. */
export const DISPOSE_AGAIN_MILLISECONDS = 250;

/** What a deployment or a test may set otherwise. */
export interface EventStoreDbLimits {
  readonly appendsInFlight: number;
  readonly bytesInFlight: number;
  readonly waitingAppends: number;
  readonly waitingBytes: number;
  readonly waitingMilliseconds: number;
  readonly appendMilliseconds: number;
  readonly appendRetryMilliseconds: number;
  readonly readMilliseconds: number;
  readonly readRetryMilliseconds: number;
  readonly replaceMilliseconds: number;
  readonly placeSearchEvents: number;
}

export const defaultLimits: EventStoreDbLimits = {
  appendsInFlight: MAX_APPENDS_IN_FLIGHT,
  bytesInFlight: MAX_BYTES_IN_FLIGHT,
  waitingAppends: MAX_WAITING_APPENDS,
  waitingBytes: MAX_WAITING_BYTES,
  waitingMilliseconds: WAITING_MILLISECONDS,
  appendMilliseconds: APPEND_MILLISECONDS,
  appendRetryMilliseconds: APPEND_RETRY_MILLISECONDS,
  readMilliseconds: READ_MILLISECONDS,
  readRetryMilliseconds: READ_RETRY_MILLISECONDS,
  replaceMilliseconds: REPLACE_MILLISECONDS,
  placeSearchEvents: MAX_PLACE_SEARCH_EVENTS,
};

/** Events of one append while a log is moved: a part of a second's work for the server. */
export const MOVE_BATCH_EVENTS = 500;
/** Moved events from one mark to the next: what a reader looks through at most to find its place. */
export const MARK_EVENTS = 1_000;
/** Moved or verified events after which the one who waits is told. */
export const PROGRESS_EVENTS = 1_000;
