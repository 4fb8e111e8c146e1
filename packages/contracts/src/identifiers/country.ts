// The library's own entry reads the names of eighty languages at start; this one reads the three that are shown.
import countries from "i18n-iso-countries/index.js";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import russian from "i18n-iso-countries/langs/ru.json" with { type: "json" };
import uzbek from "i18n-iso-countries/langs/uz.json" with { type: "json" };
import type { Language } from "../languages.ts";

for (const names of [english, russian, uzbek]) countries.registerLocale(names);

/** The library has Uzbek in Latin letters only; the Cyrillic names are those of CLDR. */
const uzbekCyrillic = new Intl.DisplayNames(["uz-Cyrl"], { type: "region", fallback: "none" });

/** True for an ISO 3166-1 alpha-2 code in upper case. */
export const isKnownCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && countries.alpha2ToAlpha3(code) !== undefined;

/** ISO 3166-1 alpha-3 to alpha-2. */
export const alpha2Of = (alpha3: string): string | undefined => countries.alpha3ToAlpha2(alpha3);

/** The three characters of a machine readable zone to alpha-2: alpha-3, but Germany is `D<<` (ICAO 9303, part 3). */
export const alpha2OfMrz = (code: string): string | undefined => (code === "D<<" ? "DE" : alpha2Of(code));

/** The name to show; undefined for an unknown code. */
export const countryName = (code: string, language: Language): string | undefined => {
  if (!isKnownCountry(code)) return undefined;
  switch (language) {
    case "uz-Cyrl":
      return uzbekCyrillic.of(code);
    case "uz-Latn":
      return countries.getName(code, "uz");
    case "ru":
    case "en":
      return countries.getName(code, language);
  }
};
