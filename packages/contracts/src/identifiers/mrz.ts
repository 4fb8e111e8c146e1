import { parse, type ParseResult } from "mrz";
import { alpha2OfMrz } from "./country.ts";
import type { Sex } from "./pinfl.ts";

/** Passport, identity card, and the two sizes of a visa (ICAO 9303, parts 4, 5 and 7). */
export type MrzFormat = "TD3" | "TD1" | "MRV-A" | "MRV-B";

export type MrzCheckDigit = "documentNumber" | "birthDate" | "expirationDate" | "personalNumber" | "composite";

export interface Mrz {
  readonly format: MrzFormat;
  /** Without fillers. */
  readonly documentNumber: string | undefined;
  /** ISO 3166-1 alpha-2; undefined for the codes of organisations and for what is none. */
  readonly issuingCountry: string | undefined;
  /** `YYMMDD`: the zone does not say the century. */
  readonly birthDate: string | undefined;
  /** Undefined where it is not stated. */
  readonly sex: Sex | undefined;
  /** `YYMMDD`. */
  readonly expirationDate: string | undefined;
  /** Positions 29 to 42 of line 2 of a travel passport; undefined in other formats and where it is not 14 digits. */
  readonly pinfl: string | undefined;
  readonly wrongCheckDigits: readonly MrzCheckDigit[];
}

interface Layout {
  readonly format: MrzFormat;
  readonly lines: number;
  readonly checkDigits: readonly MrzCheckDigit[];
}

/**
 * A visa has the layout of a passport (or of TD2) up to its third check digit and ends in optional data, so the
 * library reads it as such, and the check digits that a visa does not have are not asked about.
 */
const VISA_CHECK_DIGITS = ["documentNumber", "birthDate", "expirationDate"] as const;

const layoutOf = (characters: string): Layout | undefined => {
  const isVisa = characters.startsWith("V");
  switch (characters.length) {
    case 88:
      return isVisa
        ? { format: "MRV-A", lines: 2, checkDigits: VISA_CHECK_DIGITS }
        : { format: "TD3", lines: 2, checkDigits: [...VISA_CHECK_DIGITS, "personalNumber", "composite"] };
    case 90:
      return { format: "TD1", lines: 3, checkDigits: [...VISA_CHECK_DIGITS, "composite"] };
    case 72:
      return isVisa ? { format: "MRV-B", lines: 2, checkDigits: VISA_CHECK_DIGITS } : undefined;
    default:
      return undefined;
  }
};

const sexOf = (value: string | null | undefined): Sex | undefined => {
  if (value === "male") return "E";
  return value === "female" ? "A" : undefined;
};

const wrongCheckDigitsOf = (result: ParseResult, checkDigits: readonly MrzCheckDigit[]): MrzCheckDigit[] =>
  checkDigits.filter((name) => {
    const detail = result.details.find(({ field }) => field === `${name}CheckDigit`);
    return detail?.valid !== true;
  });

/** The zone as it is stored: its characters in upper case, without spaces and line breaks between them. */
export const compactMrz = (text: string): string => text.replace(/[\s\p{Cf}]/gu, "").toUpperCase();

/**
 * Reads a machine readable zone, its lines one after the other or with line breaks. Undefined where the length or a
 * character fits no format. The name line has no check digit; nothing is compared with a form here.
 */
export const readMrz = (text: string): Mrz | undefined => {
  const characters = compactMrz(text);
  const layout = /^[A-Z0-9<]+$/.test(characters) ? layoutOf(characters) : undefined;
  if (!layout) return undefined;
  const width = characters.length / layout.lines;
  const lines = Array.from({ length: layout.lines }, (_, line) => characters.slice(line * width, (line + 1) * width));
  const result = parse(lines);
  const personalNumber = layout.format === "TD3" ? lines[1]?.slice(28, 42) : undefined;
  return {
    format: layout.format,
    documentNumber: result.fields.documentNumber ?? undefined,
    issuingCountry: alpha2OfMrz(characters.slice(2, 5)),
    birthDate: result.fields.birthDate ?? undefined,
    sex: sexOf(result.fields.sex),
    expirationDate: result.fields.expirationDate ?? undefined,
    pinfl: personalNumber !== undefined && /^\d{14}$/.test(personalNumber) ? personalNumber : undefined,
    wrongCheckDigits: wrongCheckDigitsOf(result, layout.checkDigits),
  };
};

/** What a form says of the holder: the number as two letters and seven digits, the birth date as `YYYY-MM-DD`. */
export interface MrzForm {
  readonly passport: string;
  readonly birthDate: string;
  readonly sex: Sex;
  readonly pinfl: string;
}

/** The fields in which the zone contradicts the form; what the zone does not state contradicts nothing. */
export const mrzContradictions = (mrz: Mrz, form: MrzForm): (keyof MrzForm)[] => {
  const pairs: readonly (readonly [keyof MrzForm, string | undefined, string])[] = [
    ["passport", mrz.documentNumber, form.passport],
    ["birthDate", mrz.birthDate, form.birthDate.slice(2).replaceAll("-", "")],
    ["sex", mrz.sex, form.sex],
    ["pinfl", mrz.pinfl, form.pinfl],
  ];
  return pairs.filter(([, zone, said]) => zone !== undefined && zone !== said).map(([field]) => field);
};
