import { z } from "zod";

/** Schemas that several contracts share. */
export const uuid = z.uuid();
/** `YYYY-MM-DD`, a date that exists. */
export const isoDate = z.iso.date();
/** SOATO code of a region (4 digits). */
export const soatoRegion = z.string().regex(/^\d{4}$/);
/** ISO 3166-1 alpha-2. */
export const country = z.string().regex(/^[A-Z]{2}$/);
/** ISCO-08, 4 digits. */
export const isco = z.string().regex(/^\d{4}$/);
export const cefr = z.enum(["A1", "A2", "B1", "B2", "C1", "C2"]);
/** Whole minor units with an ISO 4217 code. */
export const moneySchema = z.strictObject({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) });
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Of free text: enough for a page, too little for a book. Free text is personal. */
export const MAX_FREE_TEXT = 4000;
export const freeText = z.string().min(1).max(MAX_FREE_TEXT);
/** A short stable word for a reason, in kebab-case. */
export const reasonCode = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
/** A corridor as facts name it. */
export const corridorField = z.strictObject({ country, sector: z.string().min(1).max(40) });
/** A requirement set as it was in force when a fact was recorded: `Requirements` of the reference data, kept whole. */
export const requiresField = z.strictObject({
  language: z.strictObject({ tag: z.string(), cefr }).nullable(),
  certificate: z.boolean(),
  orientation: country.nullable(),
  medical: z.boolean(),
  workVisa: z.boolean(),
  passportMonthsAfterContract: z.int().min(0),
});
