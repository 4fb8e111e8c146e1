/** One applicant of a vacancy, as far as the ranking looks. */
export interface RankedBy {
  readonly applicationId: string;
  /** Lost an accepted offer through no decision of the selection: comes first. */
  readonly priority: boolean;
  /** The last assessment's, of a hundred; undefined: not assessed, comes after those who are. */
  readonly score: number | undefined;
  /** Where the application stands in the log, digits: the earlier one first. No clock has a say. */
  readonly submittedAt: string;
}

const compare = (left: RankedBy, right: RankedBy): number => {
  if (left.priority !== right.priority) return left.priority ? -1 : 1;
  const byScore = (right.score ?? -1) - (left.score ?? -1);
  if (byScore !== 0) return byScore;
  const [earlier, later] = [BigInt(left.submittedAt), BigInt(right.submittedAt)];
  return earlier < later ? -1 : earlier > later ? 1 : 0;
};

/** The order of a vacancy's applicants. It follows from the log alone, so replaying a selection gives the same one. */
export const rank = <Applicant extends RankedBy>(applicants: readonly Applicant[]): readonly Applicant[] =>
  [...applicants].sort(compare);
