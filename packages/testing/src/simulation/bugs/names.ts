/** Mistakes that are made on purpose, in the simulation's own adapters: each must be found. */
export const BUGS = {
  "ack-before-append": "an append is answered before the log has it",
  "torn-append": "the events of one append are stored one after the other",
  "blind-append": "an append is stored although another came first",
  "new-ids-after-unknown-outcome":
    "after an unknown outcome an append is repeated with new ids at the present revision",
  "ack-before-reaction": "a consumer acknowledges an event before its reactions are recorded",
  "checkpoint-lost": "a consumer that has lost its checkpoint goes on at the end of the log",
  "resumed-past-what-was-applied": "a broken subscription goes on after what was sent, not after what was applied",
  "two-events-of-a-case-at-once": "a consumer takes the next event of a case before the one before is done",
  "checkpoint-apart-from-rows": "a read model stores its checkpoint in another transaction than its rows",
  "transaction-in-the-reserving-stream": "a repeat is recognised by the reservation, not by the record in the case",
  "key-forgotten": "a repeated command is taken for a new one once the process has started anew",
  "watcher-resumes-at-the-end": "a watcher that comes back is sent only what happens from now on",
  "relay-without-a-fence": "a relay that is refused publishes behind whatever is last now",
  "last-id-not-expected": "a relay says which sequence it expects, and not which id",
  "relay-with-a-checkpoint": "a relay goes on after what it has sent, not after what the stream has",
  "purged-instead-of-made-anew": "a stream that is not whole is purged, and not deleted and made anew",
  "durable-kept-over-a-restore": "a durable that is ahead of a restored stream is kept",
  "shown-before-on-record": "an answer that shows personal values does not wait for the record of it",
  "reading-recorded-twice": "one reading leaves two records",
  "readings-published": "records of readings are relayed as if they were published",
  "key-held-for-ever": "a process never drops the key of somebody who was erased",
  "kept-in-clear": "a table holds in clear what the log holds sealed",
  "streamed-in-clear": "the live stream carries in clear what the log holds sealed",
  "several-pending": "a partition's durable hands out several messages at once",
} as const;
export type BugName = keyof typeof BUGS;

/** Bugs that need the relay and the broker. */
const OF_THE_STREAM: ReadonlySet<string> = new Set([
  "relay-without-a-fence",
  "last-id-not-expected",
  "relay-with-a-checkpoint",
  "purged-instead-of-made-anew",
  "durable-kept-over-a-restore",
  "several-pending",
  "readings-published",
]);
/** Bugs of consumers that follow the log itself. */
const OF_THE_LOGS_CONSUMERS: ReadonlySet<string> = new Set(["checkpoint-lost", "two-events-of-a-case-at-once"]);

/** Which bus shows a bug; undefined: both. */
export const busOfBug = (bug: BugName | undefined): "embedded" | "stream" | undefined => {
  if (bug === undefined) return undefined;
  if (OF_THE_STREAM.has(bug)) return "stream";
  return OF_THE_LOGS_CONSUMERS.has(bug) ? "embedded" : undefined;
};

export const BUG_NAMES = Object.keys(BUGS) as readonly BugName[];
