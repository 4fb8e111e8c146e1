/** The rejections that import.md lists. */
export const LISTED_REJECTIONS = [
  "pinfl-malformed",
  "pinfl-sex-mismatch",
  "pinfl-birth-date-mismatch",
  "underage",
  "phone-invalid",
  "consent-missing",
  "consent-in-future",
  "region-unknown",
  "passport-expired",
  "birth-date-invalid",
  "language-level-unknown",
  "agency-licence-missing",
  "formula-cell",
] as const;

/** What else a registration cannot do without, or cannot be stored with. */
export const FURTHER_REJECTIONS = [
  "field-missing",
  "field-too-long",
  "channel-unknown",
  "sex-unknown",
  "passport-malformed",
  "passport-expiry-invalid",
  "isco-malformed",
  "experience-invalid",
  "language-unknown",
  "country-unknown",
] as const;

/** Registered all the same, to be looked at by a person. */
export const CANDIDATE_WARNINGS = [
  "pinfl-check-digit",
  "mrz-check-digit",
  "passport-normalised",
  "phone-normalised",
  "name-script-mixed",
] as const;

export type CandidateRejection = (typeof LISTED_REJECTIONS)[number] | (typeof FURTHER_REJECTIONS)[number];
export type CandidateWarning = (typeof CANDIDATE_WARNINGS)[number];

export interface Reason<Place extends string> {
  readonly code: CandidateRejection;
  readonly field: Place;
}

const listed: ReadonlySet<string> = new Set(LISTED_REJECTIONS);

/**
 * Each reason once. A cell with a formula is no attempt at a value, so what import.md does not list is not said of it
 * as well: `=1+1` as a passport is a formula, not a malformed number.
 */
export const settleReasons = <Place extends string>(reasons: readonly Reason<Place>[]): Reason<Place>[] => {
  const formulas = new Set(reasons.filter(({ code }) => code === "formula-cell").map(({ field }) => field));
  const seen = new Set<string>();
  return reasons.filter(({ code, field }) => {
    const key = `${code} ${field}`;
    const isEcho = formulas.has(field) && !listed.has(code);
    if (isEcho || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};
