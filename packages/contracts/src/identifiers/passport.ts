import { latinLookAlikes } from "./script.ts";

/** Two letters and seven digits. Which series exist is data, not a rule (identifiers.md). */
const PASSPORT = /^[A-Z]{2}\d{7}$/;

export interface NormalisedPassport {
  /** The number as it is stored and compared: two Latin letters and seven digits. */
  readonly passport: string;
  /** True where the text was something else before: spaces, lower case or Cyrillic look-alikes. */
  readonly changed: boolean;
}

/** The number of a passport or ID card; undefined where the text is none. */
export const normalisePassport = (text: string): NormalisedPassport | undefined => {
  const passport = latinLookAlikes(text.replace(/[\s\p{Cf}]/gu, "").toUpperCase());
  return PASSPORT.test(passport) ? { passport, changed: passport !== text.trim() } : undefined;
};

/** Years a passport is valid for, by the holder's age at issue: up to 1, from 1 to 25, over 25. */
export const passportValidityYears = (ageAtIssue: number): 2 | 5 | 10 => {
  if (ageAtIssue < 1) return 2;
  return ageAtIssue <= 25 ? 5 : 10;
};
