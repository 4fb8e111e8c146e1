import { z } from "zod";
import { event } from "../event.ts";
import { cefr, corridorField, country, isco, isoDate, requiresField, uuid } from "../fields.ts";
import { workTermsSchema } from "../selection/terms.ts";
import { trainingTrack } from "../training/course.ts";

const contractMonths = z.int().min(1);

/** What a checklist may ask for. The visa is no item of it: it is what the dossier is for. */
export const REQUIREMENTS = ["passport", "contract", "language", "certificate", "orientation", "medical"] as const;
export const requirement = z.enum(REQUIREMENTS);
export type Requirement = z.infer<typeof requirement>;

/** Opens a round: what came before stays on record, the state is of this round. */
export const DossierOpened = event(
  "DossierOpened",
  z.strictObject({
    /** The application whose offer was accepted; it may be the same again with another offer. */
    round: uuid,
    offerId: uuid,
    corridor: corridorField,
    /** With the corridor it names the requirement set. */
    requirementSetFrom: isoDate,
    requires: requiresField,
    contractMonths,
    terms: workTermsSchema,
    employerId: uuid,
    vacancyId: uuid,
  }),
).published();

export const ChecklistIssued = event(
  "ChecklistIssued",
  z.strictObject({
    round: uuid,
    /** `*` is any: the set that fitted best, and the day from which it counts. */
    requirementSet: z.strictObject({ country: z.string(), sector: z.string(), from: isoDate }),
    issuedOn: isoDate,
    items: z.array(requirement),
  }),
).published();

/** An item of the round's checklist is there. */
export const RequirementMet = event(
  "RequirementMet",
  z.strictObject({
    round: uuid,
    requirement,
    /** The event elsewhere, the document, the examination, or of a contract its hash. */
    by: z.string().min(1).max(100),
  }),
).published();

/** A certificate of the training service, kept for this round and later ones: it mostly comes before the offer. */
export const CertificateNoted = event(
  "CertificateNoted",
  z.strictObject({
    certificateId: uuid,
    /** The id of `CertificateIssued`. */
    by: z.string(),
    track: trainingTrack,
    isco: isco.optional(),
    language: z.string().optional(),
    cefr: cefr.optional(),
    validUntil: isoDate.optional(),
  }),
);

/** An orientation that was completed, kept in the same way. */
export const OrientationNoted = event(
  "OrientationNoted",
  z.strictObject({
    /** The id of `OrientationCompleted`. */
    by: z.string(),
    destination: country,
  }),
);

/** Every item of the checklist is there. Said again where an item fell away and came back. */
export const DossierCompleted = event("DossierCompleted", z.strictObject({ round: uuid })).published();

/** The dossier is complete, and the visa granted where the corridor needs one: departure and insurance go on from it. */
export const VisaStageCompleted = event(
  "VisaStageCompleted",
  z.strictObject({
    round: uuid,
    corridor: corridorField,
    requires: requiresField,
    contractMonths,
    employerId: uuid,
  }),
).published();

/**
 * Why a dossier is withdrawn, from what can be lifted to what cannot: the journey is held; the offer is gone, so that
 * only another one opens the dossier again; the journey has ended.
 */
export const WITHDRAWAL_CAUSES = [
  "case-suspended",
  "consent-withdrawn",
  "duplicate-suspected",
  "offer-ended",
  "candidate-withdrew",
  "case-merged",
  "case-closed",
] as const;
export const withdrawalCause = z.enum(WITHDRAWAL_CAUSES);
export type WithdrawalCause = z.infer<typeof withdrawalCause>;

/** Nothing is signed or submitted any more. No penalty follows. */
export const DossierWithdrawn = event(
  "DossierWithdrawn",
  z.strictObject({ round: uuid, cause: withdrawalCause }),
).published();

/** What held the journey was lifted; the dossier goes on from where it stood, without its place in a group. */
export const DossierResumed = event("DossierResumed", z.strictObject({ round: uuid })).published();
