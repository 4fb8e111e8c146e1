import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { freeText, reasonCode, sha256, uuid } from "../fields.ts";
import { personal } from "../personal.ts";
import { corridorKeySchema, workTermsSchema } from "./terms.ts";

const of = { of: "personId" } as const;
const application = { applicationId: uuid, vacancyId: uuid };

/** No decision without reasons, most important first; the assessments it refers to; free text is personal. */
const decision = {
  reasons: z.array(reasonCode).min(1),
  basedOn: z.array(uuid),
  note: personal(freeText, of).optional(),
};

export const ApplicationSubmitted = event(
  "ApplicationSubmitted",
  z.strictObject({
    ...application,
    employerId: uuid,
    corridor: corridorKeySchema,
    criteriaVersion: z.int().min(1),
  }),
).published();

/**
 * Advice, of a model or a form: it changes no decision by itself, and a human decision refers to it (numbers.md, 10).
 * Whoever recorded it does not decide.
 */
export const MatchAssessed = event(
  "MatchAssessed",
  z.strictObject({
    ...application,
    assessmentId: uuid,
    model: z.string().min(1).max(100),
    modelVersion: z.string().min(1).max(40),
    /** Of the inputs, so that the same score can be asked for again. */
    inputsSha256: sha256,
    criteriaVersion: z.int().min(1),
    /** Of a hundred, whole: a ranking by it is the same on every machine. */
    score: z.int().min(0).max(100),
    reasons: z.array(reasonCode).min(1),
    explanation: personal(freeText, of).optional(),
  }),
).published();

/** Somebody outside the candidate's unit looked at the CV; each view is on record. */
export const CvViewed = event(
  "CvViewed",
  z.strictObject({ ...application, viewId: uuid, viewer: z.enum(["employer", "selector"]) }),
).published();

export const Shortlisted = event("Shortlisted", z.strictObject({ ...application, ...decision })).published();

export const InterviewScheduled = event(
  "InterviewScheduled",
  z.strictObject({
    ...application,
    interviewId: uuid,
    at: z.iso.datetime(),
    form: z.enum(["online", "phone", "in-person"]),
    /** Address or link. */
    place: personal(freeText, of).optional(),
  }),
).published();

export const InterviewHeld = event(
  "InterviewHeld",
  z.strictObject({
    ...application,
    /** Absent: it was held without an appointment that is on record. */
    interviewId: uuid.optional(),
    outcome: z.enum(["passed", "failed", "no-show"]),
    reasons: z.array(reasonCode).min(1),
    note: personal(freeText, of).optional(),
  }),
).published();

const offer = {
  ...application,
  /** One application may be offered a position more than once: each offer holds a position of its own. */
  offerId: uuid,
  employerId: uuid,
  corridor: corridorKeySchema,
  contractMonths: z.int().min(1).max(600),
  terms: workTermsSchema,
};
export const OfferIssued = event("OfferIssued", z.strictObject({ ...offer, ...decision })).published();
/** Carries the offer again, so that who follows acceptances needs nothing else. */
export const OfferAccepted = event("OfferAccepted", z.strictObject(offer)).published();
export const OfferDeclined = event(
  "OfferDeclined",
  z.strictObject({ ...application, offerId: uuid, reason: reasonCode }),
).published();

export const PlacedOnReserve = event(
  "PlacedOnReserve",
  z.strictObject({
    ...application,
    /** Before others on reserve: who was refused a visa has lost nothing in the selection. */
    priority: z.boolean(),
    cause: reasonCode,
    /** The offer that ended by it. */
    offerId: uuid.optional(),
    ...decision,
  }),
).published();

export const ApplicationRejected = event(
  "ApplicationRejected",
  z.strictObject({ ...application, ...decision }),
).published();

/** By the candidate, or by what happened to the case; no penalty follows. */
export const ApplicationWithdrawn = event(
  "ApplicationWithdrawn",
  z.strictObject({
    ...application,
    reason: reasonCode,
    /** The offer, accepted or not, that ended by it. */
    offerId: uuid.optional(),
  }),
).published();

/** The caller who declares it has no further part in this application. */
export const ConflictOfInterestDeclared = event(
  "ConflictOfInterestDeclared",
  z.strictObject({ ...application, relation: reasonCode, note: personal(freeText, of).optional() }),
).published();

export const applicationContracts = contractSet({
  category: "application",
  service: "selection",
  subject: "application",
  contracts: [
    ApplicationSubmitted,
    MatchAssessed,
    CvViewed,
    Shortlisted,
    InterviewScheduled,
    InterviewHeld,
    OfferIssued,
    OfferAccepted,
    OfferDeclined,
    PlacedOnReserve,
    ApplicationRejected,
    ApplicationWithdrawn,
    ConflictOfInterestDeclared,
  ],
});
