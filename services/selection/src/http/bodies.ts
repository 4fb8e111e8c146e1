import { z } from "zod";
import {
  AGREEMENT_KINDS,
  cefr,
  corridorKeySchema,
  country,
  currencyDigits,
  freeText,
  isco,
  isKnownCountry,
  isoDate,
  normaliseLanguage,
  reasonCode,
  sha256,
  sourceChannelSchema,
  uuid,
} from "@safar/contracts";

/** More in one vacancy is a mistake of the keyboard: the largest order in the work plan is for 500 people. */
const MAX_POSITIONS = 10_000;
/** Ten years: no labour contract abroad is longer. */
const MAX_CONTRACT_MONTHS = 120;
/** A decision with more reasons than these hides the one that counted. */
const MAX_REASONS = 20;
/** Assessments that one decision refers to. */
const MAX_BASES = 20;

const knownCountry = country.refine(isKnownCountry);
/** BCP 47, brought to its canonical form. */
const languageTag = z
  .string()
  .max(35)
  .refine((tag) => normaliseLanguage(tag) !== undefined)
  .transform((tag) => normaliseLanguage(tag) ?? tag);

const reasons = z.array(reasonCode).min(1).max(MAX_REASONS);

export const emptyBody = z.strictObject({});
export const reasonBody = z.strictObject({ reason: reasonCode });

export const employerBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  country: knownCountry.optional(),
  registrationNumber: z.string().trim().min(1).max(64).optional(),
});

export const contractBody = z.strictObject({
  kind: z.enum(AGREEMENT_KINDS).default("partner-contract"),
  number: z.string().trim().min(1).max(64),
  signedOn: isoDate,
  validUntil: isoDate.optional(),
  sha256: sha256.optional(),
});

const terms = z.strictObject({
  wageMonth: z.strictObject({
    minor: z.int().positive(),
    currency: z.string().refine((code) => currencyDigits(code) !== undefined),
  }),
  isco,
  hoursPerWeek: z.int().min(1).max(168).optional(),
});

const requirements = z.strictObject({
  language: z.strictObject({ tag: languageTag, cefr: cefr.optional() }).optional(),
  minAge: z.int().min(18).max(120).optional(),
  maxAge: z.int().min(18).max(120).optional(),
  experienceYears: z.int().min(0).max(80).optional(),
});

const positions = z.int().min(1).max(MAX_POSITIONS);
const contractMonths = z.int().min(1).max(MAX_CONTRACT_MONTHS);

export const vacancyBody = z.strictObject({
  employerId: uuid,
  sourceChannel: sourceChannelSchema,
  /** A country and a sector without a corridor fall under the general requirement set. */
  corridor: corridorKeySchema.extend({ country: knownCountry }),
  positions,
  contractMonths,
  terms,
  requirements: requirements.default({}),
  /** One of the employer's recorded contracts: from its date the deadline for entering the vacancy runs. */
  contractId: uuid.optional(),
  /** Workers are charged nothing (IRIS, ILO): `true` is refused. */
  feeFromWorker: z.boolean().default(false),
});

export const revisionBody = z.strictObject({
  reason: reasonCode,
  positions: positions.optional(),
  contractMonths: contractMonths.optional(),
  terms: terms.optional(),
  requirements: requirements.optional(),
});

export const assessmentBody = z.strictObject({
  model: z.string().min(1).max(100),
  modelVersion: z.string().min(1).max(40),
  inputsSha256: sha256,
  criteriaVersion: z.int().min(1),
  score: z.int().min(0).max(100),
  reasons,
  explanation: freeText.optional(),
});

const reasoned = {
  reasons,
  /** Ids of assessments of this application. */
  basedOn: z.array(uuid).max(MAX_BASES).default([]),
  note: freeText.optional(),
};
export const decisionBody = z.strictObject(reasoned);
/** What is left out is as the vacancy says. */
export const offerBody = z.strictObject({
  ...reasoned,
  terms: terms.optional(),
  contractMonths: contractMonths.optional(),
});

export const interviewBody = z.strictObject({
  at: z.iso.datetime(),
  form: z.enum(["online", "phone", "in-person"]),
  place: freeText.optional(),
});
export const interviewResultBody = z.strictObject({
  /** Left out: it was held without an appointment on record. */
  interviewId: uuid.optional(),
  outcome: z.enum(["passed", "failed", "no-show"]),
  reasons,
  note: freeText.optional(),
  /** When it was held, where that is not now. */
  effectiveAt: z.iso.datetime().optional(),
});

export const conflictBody = z.strictObject({ relation: reasonCode, note: freeText.optional() });
