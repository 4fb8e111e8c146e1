import { parsePhoneNumberFromString } from "libphonenumber-js";

/** What stands between the digits of a written phone number: spaces, brackets, dots, slashes and every kind of dash. */
const PUNCTUATION = /[\s\p{Cf}().\/‐‑‒–—―−-]/gu;

/** National numbers of Uzbekistan have nine digits, and `8` is the trunk prefix people still dial before them. */
const completed = (text: string): string | undefined => {
  const compact = text.replace(PUNCTUATION, "");
  if (!/^\+?\d+$/.test(compact)) return undefined;
  if (compact.startsWith("+")) return compact;
  const national = /^8?(\d{9})$/.exec(compact);
  return national ? `+998${national[1]}` : `+${compact}`;
};

export interface NormalisedPhone {
  /** E.164: a plus sign and at most 15 digits. */
  readonly phone: string;
  /** True where the text was not written as E.164 already. */
  readonly changed: boolean;
}

/**
 * A phone number of any country as E.164, since migrants hold foreign SIM cards; undefined where the text is none.
 * Valid is what is possible in length for its country; a prefix is never a reason (identifiers.md, import.md).
 */
export const normalisePhone = (text: string): NormalisedPhone | undefined => {
  const international = completed(text);
  if (international === undefined) return undefined;
  const parsed = parsePhoneNumberFromString(international);
  if (!parsed?.isPossible()) return undefined;
  return { phone: parsed.number, changed: parsed.number !== text.trim() };
};
