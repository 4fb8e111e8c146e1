/** A million rows, the most that a list may have, each with twice what a candidate's row usually holds. */
export const MAX_LIST_BYTES = 512 * 1024 * 1024;
/** Lists that are sent to one process at once; each holds a few pieces of its body in memory. */
export const MAX_UPLOADS_AT_ONCE = 16;
/** Imports that one service works on at once, so that a long list does not bar the way of a short one. */
export const MAX_IMPORTS_AT_ONCE = 4;
/** Rows of one import that are under way at once: so many share the four disk syncs that each waits for. */
export const MAX_ROWS_IN_FLIGHT = 512;
/** Rows of one event: with every reason in every column they stay under what one append may hold. */
export const MAX_ROWS_PER_EVENT = 250;
/** An import that shows no progress for so long was left by the process that worked on it; another one goes on. */
export const LEFT_AFTER_MS = 15_000;
/** How often a process looks for imports that were left. */
export const LOOK_FOR_LEFT_MS = 3_000;
/** Twice the time after which rows are put on record: whoever is at work shows it within this time. */
export const SHOWS_WORK_WITHIN_MS = 2_000;
/** Rows are put on record after this time at the latest, so that progress is seen on slow disks too. */
export const RECORD_AFTER_MS = 1_000;

/** Work on rows without a break before other callers get their turn. */
export const YIELD_AFTER_MS = 10;

/** Tries of a row that fails otherwise than by a full queue or a disk; then it is rejected, and the list goes on. */
export const MAX_ROW_TRIES = 3;
/** Pause before something is tried again, doubled from the first to the last: back within 10 s after a fault. */
export const RETRY_FIRST_MS = 100;
export const RETRY_LAST_MS = 5_000;

/** How long rejected and duplicate rows are kept to be corrected (interface.md, Lists in). */
export const KEEP_ROWS_DAYS = 30;
/** Five times what a request may last: an upload that is older and belongs to no import was broken off. */
export const UPLOAD_LEFT_AFTER_MS = 600_000;
/** How often it is looked for what has had its time; nobody waits for it. */
export const SWEEP_EVERY_MS = 600_000;
