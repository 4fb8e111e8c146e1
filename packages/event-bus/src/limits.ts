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
/** How often parking or releasing is tried again after others appended to the same parked stream. */
export const MAX_PARKING_CONFLICTS = 20;
