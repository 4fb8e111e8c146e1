/** Events of one consumer that are handed out or queued at once: some 8 MB; more are only read when these are done. */
export const MAX_IN_FLIGHT = 4_096;

/** Events in lines of cases whose first one fails: some 32 MB. With more, what stands in the way is no single case. */
export const MAX_HELD = 16_384;
/** Events of one consumer that are handled at once: enough to share syncs, few enough not to fight over hot streams. */
export const HANDLED_AT_ONCE = 16;

/** Handled events whose progress may be unsaved: what a crash hands out again at most. */
export const SAVE_EVERY_EVENTS = 500;
/** How long progress may stay unsaved once it is quiet. */
export const SAVE_AFTER_MS = 250;

/** Pause before an event is handed out again, doubled from the first to the last; back within 10 s after a fault. */
export const RETRY_FIRST_MS = 100;
export const RETRY_LAST_MS = 5_000;

/** Tries of one event before a reaction parks it: with the pauses some two seconds, longer than a burst of conflicts. */
export const MAX_TRIES = 5;
/**
 * Tries of an event that the log does not have yet, before its message is given back and asked for again: with the pauses
 * some two seconds. A message that lies would otherwise be held for ever, also once the stream is built again without it.
 */
export const MAX_BEHIND_TRIES = 5;
/** How often parking or releasing is tried again after others appended to the same parked stream. */
export const MAX_PARKING_CONFLICTS = 20;
/** Parked events that one request releases: some seconds of work, within the time that a client waits for an answer. */
export const MAX_RELEASED_AT_ONCE = 100;

/** Messages that the relay has under way at once; at 256 the client's own rate levels off (nats 2.29, measured). */
export const RELAY_WINDOW = 512;
/** Bytes that the relay has under way at once: sixteen of the largest events. */
export const RELAY_WINDOW_BYTES = 16 * 1_048_576;
/** How often a relay with nothing to do compares stream and durables with what they should be. */
export const RELAY_LOOK_MS = 2_000;
/** How often one that stands by looks whether the other still works; unchanged between two looks, it takes over. */
export const STANDBY_LOOK_MS = 1_500;
/** Messages read at once on the way back to the relay's own last one, past what others put behind it. */
export const LOOK_BACK_MESSAGES = 64;
/** How often a consumer tells that it is still at an event, within the time after which it would be handed out again. */
export const WORKING_PER_ACK_WAIT = 4;
/** How often a consumer looks whether its durables are as the relay makes them: a wait for a message is as long. */
export const DURABLE_LOOK_MS = 5_000;
/** How long durables with the same trouble are counted before the operator is told: all of a process in one line. */
export const GATHER_TROUBLES_MS = 1_000;
/** How often a consumer asks how far its durables have come. */
export const PROGRESS_EVERY_MS = 2_000;

/** How long an answer of JetStream is waited for; what is under way at a break is never answered. */
export const ANSWER_MS = 4_000;
/** How long one request for a message waits at the server: a break that nobody tells of is noticed so much later. */
export const REQUEST_MS = 5_000;
/** How much longer its end is waited for. */
export const REQUEST_GRACE_MS = 2_000;
/** How long the servers of a NATS cluster are given to tell who is connected: some milliseconds are enough for each. */
export const CONNECTED_ANSWERS_MS = 2_000;
/** How long one try to connect may take, and between two of them. */
export const CONNECT_MS = 5_000;
/** A server that does not answer so many pings in a row is left. */
export const PING_EVERY_MS = 5_000;
export const MAX_PINGS_OUT = 2;
