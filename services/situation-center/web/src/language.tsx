import { createContext, useContext } from "react";
import { LANGUAGES, SERVICE_NAMES, TEXTS, type Language, type TextName } from "./texts.ts";
import regions from "@safar/contracts/reference/regions.json";

export const LanguageContext = createContext<Language>("uz-Latn");

const isLanguage = (value: string | null): value is Language => LANGUAGES.some((language) => language === value);

/** What was chosen before, or what the browser asks for. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem("safar-language");
  if (isLanguage(kept)) return kept;
  const asked = navigator.languages.map((tag) => tag.toLowerCase());
  if (asked.some((tag) => tag.startsWith("uz-cyrl"))) return "uz-Cyrl";
  const found = asked.map((tag) => tag.slice(0, 2)).find((tag) => ["uz", "ru", "en"].includes(tag));
  return found === "ru" || found === "en" ? found : "uz-Latn";
};

const REGION_FIELDS = { "uz-Latn": "uzLatn", "uz-Cyrl": "uzCyrl", ru: "ru", en: "en" } as const;

export const useWords = () => {
  const language = useContext(LanguageContext);
  const countries = new Intl.DisplayNames(
    [language === "en" || language === "ru" ? language : language.replace("Latn", "Latn"), "en"],
    {
      type: "region",
    },
  );
  return {
    language,
    say: (name: TextName): string => TEXTS[name][language],
    serviceName: (service: string): string => SERVICE_NAMES[service]?.[language] ?? service,
    countryName: (code: string | null | undefined): string => (code ? (countries.of(code) ?? code) : "—"),
    regionName: (code: string | null | undefined): string =>
      regions.regions.find(({ soato }) => soato === code)?.[REGION_FIELDS[language]] ?? code ?? "—",
    regions: regions.regions.map((region) => ({ code: region.soato, name: region[REGION_FIELDS[language]] })),
    time: (iso: string): string => new Date(iso).toLocaleTimeString(language, { timeZone: "Asia/Tashkent" }),
    dateTime: (iso: string): string =>
      new Date(iso).toLocaleString(language, { timeZone: "Asia/Tashkent", dateStyle: "short", timeStyle: "medium" }),
  };
};

/** `candidateWithdrew` and `CandidateWithdrew` read as words. */
export const spaced = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
