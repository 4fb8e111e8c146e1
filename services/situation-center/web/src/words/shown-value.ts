import { currencyDigits } from "@safar/contracts/identifiers/currency.ts";
import type { Speaker } from "./speaker.ts";
import { valueWords } from "./look-up.ts";

const COUNTRIES = new Set(["country", "destination", "destinations", "orientation"]);
const REGIONS = new Set(["regionSoato", "branch"]);
const LANGUAGES = new Set(["language", "tag"]);
/** Numbers that count nothing, and so are not grouped. */
const UNGROUPED = new Set(["year", "importRow"]);
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

type Fields = Readonly<Record<string, unknown>>;

const textOf = (speaker: Speaker, field: string, value: string): string => {
  if (field === "sex" && (value === "E" || value === "A")) return speaker.say(value === "E" ? "male" : "female");
  if (COUNTRIES.has(field) && value !== "*") return speaker.countryName(value);
  if (REGIONS.has(field) && /^\d{4}$/.test(value)) return speaker.regionName(value);
  if (LANGUAGES.has(field) && valueWords(value) === undefined) return speaker.languageName(value);
  if (DAY.test(value)) return speaker.day(value);
  if (INSTANT.test(value)) return speaker.dateTime(value);
  return valueWords(value)?.[speaker.language] ?? value;
};

const moneyOf = (speaker: Speaker, minor: number, currency: string): string => {
  const digits = currencyDigits(currency) ?? 0;
  return `${speaker.number(minor / 10 ** digits, digits)} ${currency}`;
};

const recordOf = (speaker: Speaker, service: string, value: Fields): string => {
  const { minor, currency, tag, cefr, country, sector, rule, passed } = value;
  if (typeof minor === "number" && typeof currency === "string") return moneyOf(speaker, minor, currency);
  if (typeof tag === "string")
    return [textOf(speaker, "tag", tag), cefr].filter((part) => typeof part === "string").join(" ");
  if (typeof country === "string" && typeof sector === "string" && Object.keys(value).length === 2)
    return `${textOf(speaker, "country", country)}, ${textOf(speaker, "sector", sector)}`;
  // What the event says of the rule in words is of one language.
  if (typeof rule === "string" && typeof passed === "boolean")
    return `${textOf(speaker, "rule", rule)}: ${speaker.say(passed ? "yes" : "no")}`;
  return Object.entries(value)
    .map(([field, inner]) => `${speaker.fieldName(service, field)}: ${shownValue(speaker, service, field, inner)}`)
    .join("; ");
};

/** A value of an event's field as a person reads it: no brackets, no codes that have a word. */
export const shownValue = (speaker: Speaker, service: string, field: string, value: unknown): string => {
  if (value === null || value === undefined) return "—";
  if (typeof value === "boolean") return speaker.say(value ? "yes" : "no");
  if (typeof value === "number") return UNGROUPED.has(field) ? String(value) : speaker.number(value);
  if (typeof value === "string") return textOf(speaker, field, value);
  if (Array.isArray(value)) {
    const separator = value.some((each) => typeof each === "object") ? "; " : ", ";
    return value.map((each) => shownValue(speaker, service, field, each)).join(separator) || speaker.say("nothing");
  }
  return recordOf(speaker, service, value as Fields);
};

/** The field that a JSON pointer from an event's root leads to, by all names on the way. */
export const pointerName = (speaker: Speaker, service: string, pointer: string): string =>
  pointer
    .split("/")
    .filter((step) => step !== "" && step !== "data" && !/^\d+$/.test(step))
    .map((step) => speaker.fieldName(service, step))
    .join(" · ");
