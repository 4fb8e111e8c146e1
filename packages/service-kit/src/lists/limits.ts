/** What a list may be at most. A list within them is read with the memory of one record and one piece of the body. */
export interface ListLimits {
  readonly columns: number;
  readonly fieldBytes: number;
  readonly recordBytes: number;
  readonly rows: number;
}

export const LIST_LIMITS: ListLimits = {
  /** The widest list has 22 columns and `reasons`; a header with more than this is another file. */
  columns: 64,
  /** A machine readable zone has 90 characters and a page of free text some 4,000; no cell needs more. */
  fieldBytes: 8 * 1024,
  /** Every column at once, amply filled; what is longer is a quotation mark that was never closed. */
  recordBytes: 64 * 1024,
  /** Four times the year's placements (250,000): more is no list of a branch. */
  rows: 1_000_000,
};
