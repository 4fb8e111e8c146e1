import type { IsoDate } from "@safar/kernel";
import { z } from "zod";
import { isKnownCountry, normaliseLanguage } from "../identifiers/index.ts";
import { CEFR_LEVELS } from "../identifiers/language.ts";
import data from "./corridors.json" with { type: "json" };

/** The sectors in which people are placed abroad: those of the corridors. */
export const SECTORS = [
  "agriculture",
  "care",
  "construction",
  "hospitality",
  "industry",
  "medicine",
  "services",
  "transport",
] as const;
export type Sector = (typeof SECTORS)[number];

const sectors: ReadonlySet<string> = new Set(SECTORS);
export const isSector = (text: string): text is Sector => sectors.has(text);

const countrySchema = z.string().refine(isKnownCountry, "no country of ISO 3166-1");
const sectorSchema = z.enum(SECTORS);

const corridorSchema = z.strictObject({
  country: countrySchema,
  sector: sectorSchema,
  kind: z.enum(["traditional", "seasonal", "gulf", "pilot"]),
});
/** A country and a sector with a kind (work plan 2.2.8). */
export type Corridor = Readonly<z.infer<typeof corridorSchema>>;

const requirementsSchema = z.strictObject({
  language: z
    .strictObject({
      tag: z.string().refine((tag) => normaliseLanguage(tag) === tag, "no language"),
      cefr: z.enum(CEFR_LEVELS),
    })
    .nullable(),
  certificate: z.boolean(),
  /** The destination whose orientation is needed; null where none is. */
  orientation: countrySchema.nullable(),
  medical: z.boolean(),
  workVisa: z.boolean(),
  /** Months that the passport has to outlive the contract by. */
  passportMonthsAfterContract: z.int().min(0),
});
/** What a case needs before it may depart. */
export type Requirements = Readonly<z.infer<typeof requirementsSchema>>;

const requirementSetSchema = z.strictObject({
  country: z.union([z.literal("*"), countrySchema]),
  sector: z.union([z.literal("*"), sectorSchema]),
  /** The date from which it counts. */
  from: z.iso.date(),
  requires: requirementsSchema,
});
/** Country, sector (`*` is any) and date name a set; together they say which rule a case was held to. */
export type RequirementSet = Readonly<z.infer<typeof requirementSetSchema>>;

export const CORRIDORS: readonly Corridor[] = z.array(corridorSchema).parse(data.corridors);
export const REQUIREMENT_SETS: readonly RequirementSet[] = z.array(requirementSetSchema).parse(data.requirementSets);

interface Destination {
  readonly country: string;
  readonly sector: string;
}

export const corridorOf = ({ country, sector }: Destination): Corridor | undefined =>
  CORRIDORS.find((corridor) => corridor.country === country && corridor.sector === sector);

/** A set that names the country beats one that names only the sector, and that one the general set. */
const specificity = (set: RequirementSet): number => (set.country === "*" ? 0 : 2) + (set.sector === "*" ? 0 : 1);

/**
 * Of the sets that fit and that count on the date, the most specific one, and of those the latest. Undefined only for
 * a date before the first general set.
 */
export const requirementSetOf = (
  { country, sector, on }: Destination & { readonly on: IsoDate },
  sets: readonly RequirementSet[] = REQUIREMENT_SETS,
): RequirementSet | undefined =>
  sets
    .filter((set) => [country, "*"].includes(set.country) && [sector, "*"].includes(set.sector) && set.from <= on)
    .sort((left, right) => specificity(right) - specificity(left) || right.from.localeCompare(left.from))[0];
