import { z } from "zod";
import { cefr, channelSchema, consentPurposeSchema, country, freeText, isco, reasonCode, uuid } from "@safar/contracts";

/** Texts of a form are judged by the rules of identifiers.md, so that a clerk gets every broken rule at once. */
const text = z.string().max(200);

/** `POST /registration/cases` as interface.md fixes it. */
export const registerBody = z.strictObject({
  channel: channelSchema,
  agencyLicence: text.optional(),
  surname: text.min(1),
  givenName: text.min(1),
  patronymic: text.optional(),
  sex: z.enum(["E", "A"]),
  birthDate: text,
  pinfl: text,
  passport: text,
  passportExpiry: text,
  mrz: text.optional(),
  phone: text,
  regionSoato: text,
  profession: text.optional(),
  isco: text.optional(),
  experienceYears: z.int().min(0).max(80).optional(),
  language: text.optional(),
  cefr: text.optional(),
  destinations: z.array(country).max(50),
  consentDate: text,
  startsAbroad: z.boolean().optional(),
});

export const consentBody = z.strictObject({
  grantedOn: z.iso.date(),
  purposes: z.array(consentPurposeSchema).min(1).max(4),
});

export const identityRequestBody = z.strictObject({ method: z.enum(["document", "face-id"]) });
export const identityVerificationBody = z.strictObject({
  requestId: uuid,
  method: z.enum(["document", "face-id"]),
  liveness: z.boolean().optional(),
  score: z.number().min(0).max(1).optional(),
});
export const identityRejectionBody = z.strictObject({ requestId: uuid, reason: reasonCode });

export const correctionBody = z.strictObject({
  /** The event that was wrong; the last one that said who the person is where it is left out. */
  corrects: uuid.optional(),
  reason: reasonCode,
  surname: text.min(1).optional(),
  givenName: text.min(1).optional(),
  patronymic: text.min(1).optional(),
  phone: text.optional(),
  passport: text.optional(),
  passportExpiry: text.optional(),
});

export const passportBody = z.strictObject({
  passport: text,
  passportExpiry: text,
  mrz: text.optional(),
});

export const cvBody = z.strictObject({
  isco,
  experienceYears: z.int().min(0).max(80),
  languages: z.array(z.strictObject({ tag: z.string().max(35), cefr: cefr.optional() })).max(20),
  destinations: z.array(country).max(50),
  summary: freeText.optional(),
});

export const interestBody = z.strictObject({ vacancyId: uuid });
export const reasonBody = z.strictObject({ reason: reasonCode });
export const otherCaseBody = z.strictObject({ otherCaseId: uuid });
export const duplicateConfirmationBody = z.strictObject({ otherCaseId: uuid, mergeIntoOther: z.boolean() });
export const emptyBody = z.strictObject({});
