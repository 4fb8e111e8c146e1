import { createContext, useContext, useMemo } from "react";
import { LANGUAGES, type Language } from "@safar/contracts/languages.ts";
import { speakerOf, type Speaker } from "./words/speaker.ts";

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

export const useWords = (): Speaker => {
  const language = useContext(LanguageContext);
  return useMemo(() => speakerOf(language), [language]);
};
