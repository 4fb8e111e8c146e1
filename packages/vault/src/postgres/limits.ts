/** Nine services with two replicas each stay below the 100 sessions that PostgreSQL allows as it comes. */
export const MAX_CONNECTIONS = 5;
/** Kept however long nobody asks, so that the database can tell who has the vault open. */
export const MIN_CONNECTIONS = 1;
/** A firewall forgets a connection that says nothing for some minutes. */
export const KEEP_ALIVE_AFTER = 60_000;
/** What five connections do in about two seconds; beyond it a caller is better told to come again. */
export const MAX_WAITING_CALLS = 2_000;
/** A free or a new connection within this time, or the call is refused: as long as whoever waits for an answer does. */
export const CONNECTION_LIMIT = 10_000;
/** The server gives up a statement after this time. Every statement of a call is a look-up by a key. */
export const STATEMENT_LIMIT = 5_000;
/** A server that says nothing at all, not even that it gave up, is away. */
export const ANSWER_LIMIT = 7_000;
/** A session that a dead process left within a transaction holds its locks no longer than this. */
export const IDLE_TRANSACTION_LIMIT = 10_000;
/** A transaction has surely ended by then: its few statements and the pauses between them have the limits above. */
export const TRANSACTION_SECONDS_LIMIT = 300;
/** Tables of a nation are cleaned of dead rows within this time, or autovacuum does it. */
export const VACUUM_LIMIT = 60_000;
/** A race over one PINFL is lost to a registration or an erasure; lost so often, something else is wrong. */
export const MAX_RACES = 5;
/** Subjects of one page of an erasure list that are erased at once: half of the connections, so that others go on. */
export const MAX_ERASED_AT_ONCE = 2;

/** Each holds a part or a window of a file in memory: 64 of them a gibibyte at most. */
export const MAX_FILES_AT_ONCE = 64;
/** The store takes parts of 5 MiB to 5 GiB, 10,000 at most; a file of the largest size has 129 of these. */
export const PART_BYTES = 8_388_608;
/** What is read ahead of a slow reader. No request to the store stays open longer than this much takes. */
export const WINDOW_BYTES = 4_194_304;
/** The store is connected to within this time, and says something within that, or it is away. */
export const STORE_CONNECTION_LIMIT = 5_000;
export const STORE_ANSWER_LIMIT = 20_000;
/** A refused, lost or throttled request is sent so often altogether, with growing pauses. */
export const MAX_STORE_TRIES = 3;
/** The largest file over a line of half a megabit a second; an upload that takes longer is refused. */
export const UPLOAD_HOURS_LIMIT = 6;
/** A replaced file stays so long for those who are reading it, and for a copy of the bucket under way. */
export const REPLACED_HOURS_LIMIT = 24;
/** Objects that nothing names are removed so many at a time, and looked for no more often than this. */
export const MAX_SWEPT_AT_ONCE = 100;
export const SWEEP_PAUSE_LIMIT = 600_000;

/** Rows of one statement of a move: some hundred kilobytes. */
export const MAX_MOVED_ROWS = 1_000;
/** Files that a move copies at once; each holds two parts in memory. */
export const MAX_MOVED_FILES = 4;
