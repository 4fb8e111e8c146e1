import { ROLE_WORDS } from "@safar/contracts/role-words.ts";
import { say, type Language, type Sentence } from "@safar/contracts/languages.ts";
import regions from "@safar/contracts/reference/regions.json" with { type: "json" };
import { SERVICE_NAMES, TEXTS, type TextName } from "../texts.ts";
import { UZBEK_COUNTRIES } from "./countries.ts";
import { LANGUAGE_WORDS } from "./languages.ts";
import { eventWords, fieldWords, stateWords } from "./look-up.ts";

/** Both scripts of Uzbek write numbers and dates as Russian does, and browsers that do not know Uzbek know that. */
const NUMERIC_LOCALES = { "uz-Latn": "ru", "uz-Cyrl": "ru", ru: "ru", en: "en-GB" } as const;
const REGION_FIELDS = { "uz-Latn": "uzLatn", "uz-Cyrl": "uzCyrl", ru: "ru", en: "en" } as const;
const NOTHING = "—";

const inTable = (table: Readonly<Record<string, Sentence>>, name: string): Sentence | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A name that no table holds, as far as it can be read: `candidateWithdrew` and `CandidateWithdrew` as words. */
const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

const countryNamer = (language: Language): ((code: string) => string) => {
  const own = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
  const english = new Intl.DisplayNames(["en"], { type: "region" });
  return (code) => {
    if (!/^[A-Z]{2}$/.test(code)) return code;
    const uzbek = language === "uz-Latn" || language === "uz-Cyrl" ? UZBEK_COUNTRIES[code] : undefined;
    return uzbek?.[language === "uz-Latn" ? 0 : 1] ?? own.of(code) ?? english.of(code) ?? code;
  };
};

/** Every name that the page shows, in one language. Pure. */
export const speakerOf = (language: Language) => {
  const locale = NUMERIC_LOCALES[language];
  const countryOf = countryNamer(language);
  const inWords = (words: Sentence | undefined, name: string): string => words?.[language] ?? spaced(name);
  const regionName = (code: string | null | undefined): string =>
    regions.regions.find(({ soato }) => soato === code)?.[REGION_FIELDS[language]] ?? code ?? NOTHING;
  const inTashkent = (options: Intl.DateTimeFormatOptions): ((iso: string) => string) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "Asia/Tashkent", ...options });
    return (iso) => format.format(new Date(iso));
  };
  const dayFormat = new Intl.DateTimeFormat(locale, { timeZone: "UTC", dateStyle: "short" });
  return {
    language,
    say: (name: TextName, params: Readonly<Record<string, string | number>> = {}): string =>
      say(TEXTS[name], language, params),
    serviceName: (service: string): string => inWords(inTable(SERVICE_NAMES, service), service),
    roleName: (role: string): string => inWords(inTable(ROLE_WORDS, role), role),
    stateName: (service: string, state: string): string => inWords(stateWords(service, state), state),
    eventName: (service: string, type: string): string => inWords(eventWords(service, type), type),
    fieldName: (service: string, field: string): string => inWords(fieldWords(service, field), field),
    languageName: (tag: string): string => inTable(LANGUAGE_WORDS, tag)?.[language] ?? tag,
    countryName: (code: string | null | undefined): string => (code ? countryOf(code) : NOTHING),
    regionName,
    regions: regions.regions.map((region) => ({ code: region.soato, name: region[REGION_FIELDS[language]] })),
    number: (value: number, digits?: number): string =>
      value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    /** Of an ISO date, which has no time zone. */
    day: (iso: string): string => dayFormat.format(new Date(iso)),
    time: inTashkent({ timeStyle: "medium" }),
    dateTime: inTashkent({ dateStyle: "short", timeStyle: "medium" }),
  };
};
export type Speaker = ReturnType<typeof speakerOf>;
