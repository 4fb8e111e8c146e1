import { isIsoDate, type IsoDate } from "@safar/kernel";
import { checkDigitOf } from "./check-digit.ts";

/** As lists and forms write it: E (erkak) is male, A (ayol) is female. */
export const SEXES = ["E", "A"] as const;
export type Sex = (typeof SEXES)[number];
export const isSex = (text: string): text is Sex => text === "E" || text === "A";

/** `GDDMMYYAAASSSC`: century and sex, date, area, serial, check digit. */
const PINFL = /^([1-6])(\d\d)(\d\d)(\d\d)(?!000)\d{3}(?!000)\d{3}\d$/;

export interface Pinfl {
  readonly sex: Sex;
  /** Undefined where the digits are no date that exists, which contradicts every form. */
  readonly birthDate: IsoDate | undefined;
  /**
   * False is a warning with manual verification, never a rejection: the official text of the algorithm was not
   * found, and the digit misses swaps of neighbours that differ by 5 (identifiers.md).
   */
  readonly checkDigitIsRight: boolean;
}

/** What a personal number says of its holder; undefined where it is malformed, and then nothing of it is judged. */
export const parsePinfl = (text: string): Pinfl | undefined => {
  const parts = PINFL.exec(text);
  if (!parts) return undefined;
  const [, first, day, month, year] = parts;
  const century = 1800 + 100 * Math.floor((Number(first) - 1) / 2);
  const birthDate = `${century + Number(year)}-${month ?? ""}-${day ?? ""}`;
  return {
    sex: Number(first) % 2 === 1 ? "E" : "A",
    birthDate: isIsoDate(birthDate) ? birthDate : undefined,
    checkDigitIsRight: checkDigitOf(text.slice(0, 13)) === Number(text.charAt(13)),
  };
};
