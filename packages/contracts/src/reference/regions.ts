import { z } from "zod";
import { regionDigitsOf } from "../identifiers/region.ts";
import type { Language } from "../languages.ts";
import data from "./regions.json" with { type: "json" };

const regionSchema = z.strictObject({
  /** Four digits; the code has no date. */
  soato: z.string().regex(/^17\d\d$/),
  /** ISO 3166-2. */
  iso: z.string().regex(/^UZ-[A-Z]{2}$/),
  uzLatn: z.string(),
  uzCyrl: z.string(),
  ru: z.string(),
  en: z.string(),
});
export type Region = Readonly<z.infer<typeof regionSchema>>;

const placeSchema = z.strictObject({
  /** Seven digits of a district or town. */
  soato: z.string().regex(/^17\d{5}$/),
  uzLatn: z.string(),
  /** What the work plan names it for. */
  role: z.string(),
});
export type Place = Readonly<z.infer<typeof placeSchema>>;

/** The 14 regions of Uzbekistan by SOATO code. */
export const REGIONS: readonly Region[] = z.array(regionSchema).length(14).parse(data.regions);

/** The districts and towns that the work plan names; not a list of all. */
export const PLACES: readonly Place[] = z.array(placeSchema).parse(data.places);

const regionsByCode: ReadonlyMap<string, Region> = new Map(REGIONS.map((region) => [region.soato, region]));

/** The region of a SOATO code of 4 digits, or of a district's of 7; undefined for a name, a part or an unknown code. */
export const regionOf = (soato: string): Region | undefined => regionsByCode.get(regionDigitsOf(soato) ?? "");

const NAME_FIELD = { "uz-Latn": "uzLatn", "uz-Cyrl": "uzCyrl", ru: "ru", en: "en" } as const;

export const regionName = (region: Region, language: Language): string => region[NAME_FIELD[language]];
