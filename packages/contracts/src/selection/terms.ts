import { z } from "zod";
import { cefr, country, isco, moneySchema } from "../fields.ts";

/** Who found the vacancy; the work plan counts each (2.2.4). */
export const SOURCE_CHANNELS = ["agency", "representation", "embassy", "consulate"] as const;
export const sourceChannelSchema = z.enum(SOURCE_CHANNELS);
export type SourceChannel = z.infer<typeof sourceChannelSchema>;

/** Where to and into which sector. A pair without a corridor of its own falls under the general requirement set. */
export const corridorKeySchema = z.strictObject({ country, sector: z.string().regex(/^[a-z][a-zA-Z-]{0,39}$/) });
export type CorridorKey = Readonly<z.infer<typeof corridorKeySchema>>;

/** What is promised to the worker: the contract that is signed later must say the same. */
export const workTermsSchema = z.strictObject({
  /** For a month, before tax. */
  wageMonth: moneySchema,
  isco,
  hoursPerWeek: z.int().min(1).max(168).optional(),
});
export type WorkTerms = Readonly<z.infer<typeof workTermsSchema>>;

/** What every applicant of a vacancy is measured by. */
export const vacancyRequirementsSchema = z.strictObject({
  language: z.strictObject({ tag: z.string(), cefr: cefr.optional() }).optional(),
  minAge: z.int().min(0).max(120).optional(),
  maxAge: z.int().min(0).max(120).optional(),
  experienceYears: z.int().min(0).max(80).optional(),
});
export type VacancyRequirements = Readonly<z.infer<typeof vacancyRequirementsSchema>>;
