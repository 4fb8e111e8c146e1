import {
  channelSchema,
  compactMrz,
  isCefrLevel,
  isIscoCode,
  isKnownCountry,
  isSex,
  normaliseLanguage,
  normalisePassport,
  normalisePhone,
  parsePinfl,
  readMrz,
  regionOf,
  type CefrLevel,
  type Sex,
} from "@safar/contracts";
import { ageOn, isIsoDate, type IsoDate } from "@safar/kernel";
import type { CandidateRejection, CandidateWarning } from "./candidate-codes.ts";
import type { CandidateFields, Channel } from "./candidate-fields.ts";
import { MINIMUM_AGE } from "./case/decide.ts";

/** What one rule says of one field. `value` is there where the field has one and may be stored. */
export interface Judged<Value> {
  readonly value?: Value | undefined;
  readonly reasons: readonly CandidateRejection[];
  readonly warnings: readonly CandidateWarning[];
}

const kept = <Value>(value: Value, ...warnings: CandidateWarning[]): Judged<Value> => ({
  value,
  reasons: [],
  warnings,
});
const refused = (...reasons: CandidateRejection[]): Judged<never> => ({ reasons, warnings: [] });
const NOTHING: Judged<never> = { reasons: [], warnings: [] };

type Text = string | undefined;
const trimmed = (text: Text): string => text?.trim() ?? "";

/** Names and professions in characters, as the contract of `CandidateRegistered` takes them. */
export const MAX_NAME = 100;
export const MAX_PROFESSION = 200;
export const MAX_LICENCE = 100;
export const MAX_MRZ = 200;
/** Nobody has worked longer; what is more is another column's number. */
export const MAX_EXPERIENCE_YEARS = 80;
/** More wishes than there are corridors say nothing. */
export const MAX_DESTINATIONS = 50;

export const judgeOptionalText = (text: Text, limit: number): Judged<string> => {
  const value = trimmed(text);
  if (value === "") return NOTHING;
  return value.length > limit ? refused("field-too-long") : kept(value);
};

export const judgeRequiredText = (text: Text, limit: number): Judged<string> =>
  trimmed(text) === "" ? refused("field-missing") : judgeOptionalText(text, limit);

export const judgeChannel = (text: Text): Judged<Channel> => {
  const channel = channelSchema.safeParse(trimmed(text));
  return channel.success ? kept(channel.data) : refused("channel-unknown");
};

export const judgeAgencyLicence = (text: Text, channel: Text): Judged<string> =>
  trimmed(channel) === "agency" && trimmed(text) === ""
    ? refused("agency-licence-missing")
    : judgeOptionalText(text, MAX_LICENCE);

export const judgeSex = (text: Text): Judged<Sex> => {
  const sex = trimmed(text);
  return isSex(sex) ? kept(sex) : refused("sex-unknown");
};

/** 18 or over on the day that the registration is judged by (lifecycle.md, 1). */
export const judgeBirthDate = (text: Text, asOf: IsoDate): Judged<IsoDate> => {
  const date = trimmed(text);
  if (!isIsoDate(date)) return refused("birth-date-invalid");
  return ageOn(date, asOf) < MINIMUM_AGE ? refused("underage") : kept(date);
};

/** A malformed number is not compared with anything, and no number is compared with a date that is none. */
export const judgePinfl = ({ pinfl, sex, birthDate }: CandidateFields): Judged<string> => {
  const number = trimmed(pinfl);
  const says = parsePinfl(number);
  if (!says) return refused("pinfl-malformed");
  const reasons: CandidateRejection[] = [];
  if (isSex(trimmed(sex)) && says.sex !== trimmed(sex)) reasons.push("pinfl-sex-mismatch");
  if (isIsoDate(trimmed(birthDate)) && says.birthDate !== trimmed(birthDate)) reasons.push("pinfl-birth-date-mismatch");
  return { value: number, reasons, warnings: says.checkDigitIsRight ? [] : ["pinfl-check-digit"] };
};

export const judgePassport = (text: Text): Judged<string> => {
  const read = normalisePassport(trimmed(text));
  if (!read) return refused("passport-malformed");
  return read.changed ? kept(read.passport, "passport-normalised") : kept(read.passport);
};

/** The last day is a day on which the passport is valid. */
export const judgePassportExpiry = (text: Text, asOf: IsoDate): Judged<IsoDate> => {
  const date = trimmed(text);
  if (!isIsoDate(date)) return refused("passport-expiry-invalid");
  return date < asOf ? refused("passport-expired") : kept(date);
};

/** Only the zone's own check digits; comparing it with the form is the work of visa-docs (import.md). */
export const judgeMrz = (text: Text): Judged<string> => {
  const zone = compactMrz(text ?? "");
  if (zone === "") return NOTHING;
  if (zone.length > MAX_MRZ) return refused("field-too-long");
  const read = readMrz(zone);
  return read?.wrongCheckDigits.length === 0 ? kept(zone) : kept(zone, "mrz-check-digit");
};

export const judgePhone = (text: Text): Judged<string> => {
  const read = normalisePhone(trimmed(text));
  if (!read) return refused("phone-invalid");
  return read.changed ? kept(read.phone, "phone-normalised") : kept(read.phone);
};

/** The code of a region itself: a district's code, a part of a code or a name is none. */
export const judgeRegion = (text: Text): Judged<string> => {
  const code = trimmed(text);
  return regionOf(code)?.soato === code ? kept(code) : refused("region-unknown");
};

export const judgeIsco = (text: Text): Judged<string> => {
  const code = trimmed(text);
  if (code === "") return NOTHING;
  return isIscoCode(code) ? kept(code) : refused("isco-malformed");
};

export const judgeExperience = (years: number | undefined): Judged<number> => {
  if (years === undefined) return NOTHING;
  const isCount = Number.isInteger(years) && years >= 0 && years <= MAX_EXPERIENCE_YEARS;
  return isCount ? kept(years) : refused("experience-invalid");
};

export const judgeLanguage = (text: Text): Judged<string> => {
  if (trimmed(text) === "") return NOTHING;
  const language = normaliseLanguage(trimmed(text));
  return language === undefined ? refused("language-unknown") : kept(language);
};

/** A level is judged only where there is a language, and says nothing without one. */
export const judgeCefr = (text: Text, language: Text): Judged<CefrLevel> => {
  if (trimmed(language) === "") return NOTHING;
  const level = trimmed(text);
  return isCefrLevel(level) ? kept(level) : refused("language-level-unknown");
};

/** Each country once, in the order of the wish. */
export const judgeDestinations = (destinations: readonly string[] = []): Judged<readonly string[]> => {
  const countries = [...new Set(destinations.map((country) => country.trim()))].filter((country) => country !== "");
  if (countries.length > MAX_DESTINATIONS) return refused("field-too-long");
  return countries.every((country) => isKnownCountry(country)) ? kept(countries) : refused("country-unknown");
};

/** Text that is no date is no date of consent, so there is no consent. */
export const judgeConsentDate = (text: Text, asOf: IsoDate): Judged<IsoDate> => {
  const date = trimmed(text);
  if (!isIsoDate(date)) return refused("consent-missing");
  return date > asOf ? refused("consent-in-future") : kept(date);
};
