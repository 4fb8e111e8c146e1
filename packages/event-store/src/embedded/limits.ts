/** The bounds of the embedded log, each with its reason. Sizes of one append and of names stand in the port. */

/** Events in one transaction: at some 10 microseconds each, about what fits in the 10 ms an append may take. */
export const MAX_TRANSACTION_EVENTS = 1_024;
/** Bytes in one transaction: what a disk takes in some 10 ms. A single append may be as large alone. */
export const MAX_TRANSACTION_BYTES = 4 * 1_048_576;

/** Events after which a message to the writer is sent without waiting for more: the writer starts on them meanwhile. */
export const MESSAGE_EVENTS = 32;
/** Bytes after which a message is sent, for the same reason. */
export const MESSAGE_BYTES = 262_144;
/** Messages the writer has not answered, above which appends are gathered first: a message costs both sides. */
export const MESSAGES_AHEAD = 4;

/** Appends accepted and not answered: about half a second of work. Beyond it callers had better hear "no" at once. */
export const MAX_QUEUED_APPENDS = 16_384;
/** Bytes of the same: what the process can spare in memory. */
export const MAX_QUEUED_BYTES = 64 * 1_048_576;

/** Events of one page that is read from the file. */
export const PAGE_EVENTS = 512;
/** Bytes of one page; one event may be larger alone. Bounds what one reader holds. */
export const PAGE_BYTES = 1_048_576;
/** Longest that reading holds the event loop before other work gets its turn. */
export const READ_SLICE_MILLISECONDS = 4;
/** Newest events kept in memory for live subscribers: half a second at full speed. Those further behind read pages. */
export const TAIL_EVENTS = 16_384;
/** Bytes of the same. */
export const TAIL_BYTES = 16 * 1_048_576;
/** Events that one pull looks at in the tail. */
export const TAIL_LOOK_EVENTS = 1_024;

/** Streams whose last revision the writer remembers: a day's active ones. Others cost one look into an index. */
export const REMEMBERED_STREAMS = 65_536;
/** New streams that are held in memory before they go into the index on disk, see unindexed-streams.ts. */
export const MAX_UNINDEXED_STREAMS = 65_536;

/** Pages of the write-ahead log after which its content is brought into the file (4 KiB each). */
export const CHECKPOINT_PAGES = 4_096;
/** Pages left over by the helper's checkpoint that the writer brings in itself: a few milliseconds' work. */
export const FINISH_PAGES = 256;
/** Rounds in which the helper catches up with a writer that goes on; then the writer does the rest, however long. */
export const MAX_CHECKPOINT_ROUNDS = 8;

/** Page cache of each connection, in KiB: all that a transaction touches; the rest is the system's to keep. */
export const CACHE_KIBIBYTES = 8_192;

/** Young objects of the writer's thread, in MiB: what it is sent lives for one transaction. */
export const WRITER_YOUNG_MEBIBYTES = 12;

/** The next position can be moved up to here, so that positions stay exact as numbers in the file. */
export const MAX_FIRST_POSITION = 2n ** 52n;
