/** Mistakes that are made on purpose, in the simulation's own adapters: each must be found. */
export const BUGS = {
  "ack-before-append": "an append is answered before the log has it",
  "torn-append": "the events of one append are stored one after the other",
  "blind-append": "an append is stored although another came first",
  "new-ids-after-unknown-outcome": "after an unknown outcome an append is repeated with new ids at the present revision",
  "ack-before-reaction": "a consumer acknowledges an event before its reactions are recorded",
  "checkpoint-lost": "a consumer that has lost its checkpoint goes on at the end of the log",
  "resumed-past-what-was-applied": "a broken subscription goes on after what was sent, not after what was applied",
  "two-events-of-a-case-at-once": "a consumer takes the next event of a case before the one before is done",
  "checkpoint-apart-from-rows": "a read model stores its checkpoint in another transaction than its rows",
  "transaction-in-the-reserving-stream": "a repeat is recognised by the reservation, not by the record in the case",
  "key-forgotten": "a repeated command is taken for a new one once the process has started anew",
  "watcher-resumes-at-the-end": "a watcher that comes back is sent only what happens from now on",
} as const;
export type BugName = keyof typeof BUGS;

export const BUG_NAMES = Object.keys(BUGS) as readonly BugName[];
