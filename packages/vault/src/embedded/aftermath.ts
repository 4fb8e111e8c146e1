/** What is left to do once a transaction is durable. */
export interface Aftermath {
  /** Files that nothing names any more. */
  readonly replacedFiles: string[];
  readonly erasedFiles: string[];
  readonly erasedSubjects: string[];
  /** What must be found nowhere in the database. */
  readonly erasedValues: Uint8Array[];
  /** An erasure done before was never settled, and what it erased is no longer known: all must be rewritten. */
  unsettled: boolean;
}

export const noAftermath = (): Aftermath => ({
  replacedFiles: [],
  erasedFiles: [],
  erasedSubjects: [],
  erasedValues: [],
  unsettled: false,
});
