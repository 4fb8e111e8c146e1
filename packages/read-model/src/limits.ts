/** Events a transaction: some 10 ms of work, which is what an HTTP request waits at most behind a rebuild. */
export const EVENTS_PER_TRANSACTION = 500;
/** Work without a break before other callers get their turn, where messages are small. */
export const YIELD_AFTER_MS = 10;
/** Rows of one projection kept in memory while a file is made anew: journeys lie side by side in the log by thousands. */
export const CACHED_ROWS = 5_000;
/** The same once it has caught up: what a long list has under way. A node has some thirty projections in one process. */
export const CACHED_ROWS_LIVE = 1_000;

/** Rows of a page when the caller does not say. */
export const DEFAULT_PAGE = 50;
/** Rows of a page at most: about half a megabyte of JSON. A larger limit is cut to it. */
export const MAX_PAGE = 500;
/** Combinations of filter values that are a look-up of their own (14 regions by some 15 states fit); more are one. */
export const MAX_ALTERNATIVES = 256;
/** Groupings of one table that are kept counted; each costs memory for its groups and a little work a write. */
export const MAX_GROUPINGS = 16;

/** Callers that wait for a position at once; more are answered `false` right away, as if their time were over. */
export const MAX_WAITERS = 10_000;

/** Pause after a failure, doubled from the first to the last: back within 10 s once the fault is gone. */
export const RETRY_FIRST_MS = 100;
export const RETRY_LAST_MS = 5_000;

/** How long progress over events of no projection may stay unsaved; a crash then scans that stretch again. */
export const SAVE_PROGRESS_MS = 1_000;

/** Write-ahead log before it is folded into the file (pages of 4 KB): folding syncs, so not too often. */
export const WAL_PAGES = 4_000;
/** What the write-ahead log keeps of the disk once it is folded into the file, in bytes: a list swells it to `WAL_PAGES`. */
export const WAL_REST_BYTES = 4 * 1_048_576;
/**
 * Memory for SQLite's pages, in KB, of each service's file: all that one transaction touches, and the inner pages of
 * the indexes of some million rows. The rest is the system's to keep: nine services share one process.
 */
export const PAGE_CACHE_KB = 8_192;
