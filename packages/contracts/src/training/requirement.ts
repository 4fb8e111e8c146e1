import type { IsoDate } from "@safar/kernel";
import { reachesLevel, type CefrLevel } from "../identifiers/language.ts";
import type { Requirements } from "../reference/index.ts";

/** What a certificate says of a language. */
export interface LanguageProof {
  readonly language?: string | undefined;
  readonly cefr?: CefrLevel | undefined;
}

const primary = (tag: string): string => tag.toLowerCase().split("-")[0] ?? "";

/** The same language, whatever the variant (`de-AT` serves for `de`), at the level or above it. */
export const provesLanguage = (proof: LanguageProof, required: NonNullable<Requirements["language"]>): boolean =>
  proof.language !== undefined &&
  proof.cefr !== undefined &&
  primary(proof.language) === primary(required.tag) &&
  reachesLevel(proof.cefr, required.cefr);

/** The last day counts. What has no end is valid for ever. */
export const isValidOn = (proof: { readonly validUntil?: IsoDate | undefined }, date: IsoDate): boolean =>
  proof.validUntil === undefined || proof.validUntil >= date;
