import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { cefr, country, freeText, isco, isoDate, reasonCode, soatoRegion, uuid } from "../fields.ts";
import { personal } from "../personal.ts";

const of = { of: "personId" } as const;
const text = (max: number) => z.string().min(1).max(max);

export const channelSchema = z.enum(["branch", "agency", "self", "representation"]);

/** What sharing a consent covers (order 3478: operator, purposes, data, term, third parties, transfer abroad). */
export const consentPurposeSchema = z.enum(["placement", "employers", "agencies", "cross-border-transfer"]);

export const CandidateRegistered = event(
  "CandidateRegistered",
  z.strictObject({
    caseNumber: z.string().regex(/^\d{4}-\d{4}-\d{6,}$/),
    channel: channelSchema,
    agencyLicence: z.string().optional(),
    surname: personal(text(100), of),
    givenName: personal(text(100), of),
    patronymic: personal(text(100), of).optional(),
    sex: personal(z.enum(["E", "A"]), of),
    birthDate: personal(isoDate, of),
    pinfl: personal(z.string().regex(/^\d{14}$/), of),
    passport: personal(z.string().regex(/^[A-Z]{2}\d{7}$/), of),
    passportExpiry: personal(isoDate, of),
    mrz: personal(text(200), of).optional(),
    phone: personal(z.string().regex(/^\+\d{7,15}$/), of),
    regionSoato: soatoRegion,
    profession: text(200).optional(),
    isco: isco.optional(),
    experienceYears: z.int().min(0).max(80).optional(),
    language: z.string().optional(),
    cefr: cefr.optional(),
    destinations: z.array(country),
    startsAbroad: z.boolean(),
    /** Codes of import.md: registered all the same, to be looked at by a person. */
    warnings: z.array(z.string()),
    /** The day on which age, passport and consent were judged. */
    asOf: isoDate,
    importId: uuid.optional(),
    importRow: z.int().optional(),
  }),
).published();

export const ConsentGranted = event(
  "ConsentGranted",
  z.strictObject({
    consentId: uuid,
    grantedOn: isoDate,
    operator: z.string(),
    purposes: z.array(consentPurposeSchema).min(1),
    dataCategories: z.array(z.string()).min(1),
    thirdParties: z.array(z.string()),
    crossBorder: z.boolean(),
    validUntil: isoDate.optional(),
    textVersion: z.string(),
  }),
).published();

export const ConsentWithdrawn = event(
  "ConsentWithdrawn",
  z.strictObject({ consentId: uuid.optional(), withdrawnOn: isoDate }),
).published();

export const IdentityVerificationRequested = event(
  "IdentityVerificationRequested",
  z.strictObject({ requestId: uuid, method: z.enum(["document", "face-id"]) }),
).published();

/** Liveness and score only, never a template (numbers.md). */
export const IdentityVerified = event(
  "IdentityVerified",
  z.strictObject({
    requestId: uuid,
    method: z.enum(["document", "face-id"]),
    liveness: z.boolean().optional(),
    score: z.number().min(0).max(1).optional(),
    startsAbroad: z.boolean(),
  }),
).published();

export const IdentityRejected = event(
  "IdentityRejected",
  z.strictObject({ requestId: uuid, reason: reasonCode }),
).published();

/** A correction names the event that was wrong. Only what changes is given. */
export const PersonDetailsCorrected = event(
  "PersonDetailsCorrected",
  z.strictObject({
    corrects: z.string(),
    reason: reasonCode,
    surname: personal(text(100), of).optional(),
    givenName: personal(text(100), of).optional(),
    patronymic: personal(text(100), of).optional(),
    phone: personal(z.string().regex(/^\+\d{7,15}$/), of).optional(),
    passport: personal(z.string().regex(/^[A-Z]{2}\d{7}$/), of).optional(),
    passportExpiry: personal(isoDate, of).optional(),
    warnings: z.array(z.string()),
  }),
).published();

export const PassportRenewed = event(
  "PassportRenewed",
  z.strictObject({
    passport: personal(z.string().regex(/^[A-Z]{2}\d{7}$/), of),
    passportExpiry: personal(isoDate, of),
    mrz: personal(text(200), of).optional(),
  }),
).published();

const cv = {
  isco,
  experienceYears: z.int().min(0).max(80),
  languages: z.array(z.strictObject({ tag: z.string(), cefr: cefr.optional() })),
  destinations: z.array(country),
  summary: personal(freeText, of).optional(),
};
export const CvPublished = event("CvPublished", z.strictObject(cv)).published();
export const CvRevised = event("CvRevised", z.strictObject(cv)).published();

/** Only employers in whose vacancy interest was declared may see the CV (lifecycle.md, 3). */
export const InterestDeclared = event("InterestDeclared", z.strictObject({ vacancyId: uuid })).published();

export const AddressedListEntryAdded = event(
  "AddressedListEntryAdded",
  z.strictObject({ branch: soatoRegion, listDate: isoDate }),
).published();

export const DuplicateSuspected = event(
  "DuplicateSuspected",
  z.strictObject({
    otherCaseId: uuid,
    otherPersonId: uuid,
    basis: z.array(z.enum(["passport", "name-and-birth-date"])).min(1),
  }),
).published();
export const DuplicateConfirmed = event("DuplicateConfirmed", z.strictObject({ otherCaseId: uuid })).published();
export const DuplicateDismissed = event("DuplicateDismissed", z.strictObject({ otherCaseId: uuid })).published();
export const CaseMerged = event("CaseMerged", z.strictObject({ intoCaseId: uuid })).published();
export const CaseUnmerged = event("CaseUnmerged", z.strictObject({ fromCaseId: uuid })).published();

export const CaseSuspended = event("CaseSuspended", z.strictObject({ reason: reasonCode })).published();
export const CaseResumed = event("CaseResumed", z.strictObject({ reason: reasonCode })).published();
/** No penalty follows (scenarios.md, 2). */
export const CandidateWithdrew = event("CandidateWithdrew", z.strictObject({ reason: reasonCode })).published();
export const JourneyPlaced = event("JourneyPlaced", z.strictObject({ round: uuid })).published();
export const CaseClosed = event("CaseClosed", z.strictObject({ reason: reasonCode })).published();
export const CaseReopened = event("CaseReopened", z.strictObject({ reason: reasonCode })).published();

export const registrationContracts = contractSet({
  category: "registration",
  service: "registration",
  subject: "case",
  contracts: [
    CandidateRegistered,
    ConsentGranted,
    ConsentWithdrawn,
    IdentityVerificationRequested,
    IdentityVerified,
    IdentityRejected,
    PersonDetailsCorrected,
    PassportRenewed,
    CvPublished,
    CvRevised,
    InterestDeclared,
    AddressedListEntryAdded,
    DuplicateSuspected,
    DuplicateConfirmed,
    DuplicateDismissed,
    CaseMerged,
    CaseUnmerged,
    CaseSuspended,
    CaseResumed,
    CandidateWithdrew,
    JourneyPlaced,
    CaseClosed,
    CaseReopened,
  ],
});
