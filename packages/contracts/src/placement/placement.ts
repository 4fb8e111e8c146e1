import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { isoDate, reasonCode, sha256, uuid } from "../fields.ts";
import { workTermsSchema } from "../selection/terms.ts";
import {
  CheckInReceived,
  contractHolder,
  ContractUploaded,
  DisputeResolved,
  EmployerConfirmed,
  PlacementDisputed,
  PlacementReportedByAgency,
  PlacementReportedByCandidate,
} from "./reports.ts";

const round = uuid;

/** Opens a round at the exit, or for a journey that starts abroad once the identity is proven (work plan 2.5.15). */
export const PlacementOpened = event(
  "PlacementOpened",
  z.strictObject({
    round,
    startsAbroad: z.boolean(),
    exitedAt: z.iso.datetime().optional(),
    /** The exit came before a round was known to departure. */
    late: z.literal(true).optional(),
  }),
).published();

/** The contract of the visa stage: what the employer's is compared with. */
export const ReferenceContractNoted = event(
  "ReferenceContractNoted",
  z.strictObject({ round, sha256, terms: workTermsSchema, employerId: uuid, contractMonths: z.int().min(1) }),
).published();

/** From the arrival on, the placement is to be confirmed within the policy's days. */
export const ArrivalNoted = event(
  "ArrivalNoted",
  z.strictObject({ round: round.optional(), arrivedAt: z.iso.datetime() }),
);

export const differenceField = z.enum(["hash", "wage", "hours", "job"]);
export type ContractDifference = z.infer<typeof differenceField>;

/** A contract abroad is not the one that was signed; the confirmation waits until it is settled. */
export const ContractMismatchDetected = event(
  "ContractMismatchDetected",
  z.strictObject({
    round,
    uploadedBy: contractHolder,
    sha256,
    referenceSha256: sha256,
    differences: z.array(differenceField).min(1),
  }),
).published();

/** A report of candidate or agency and the employer's confirmation with the contract agree. Opens benefits (2.4.2). */
export const PlacementConfirmed = event(
  "PlacementConfirmed",
  z.strictObject({ round, employerId: uuid.optional(), confirmedOn: isoDate }),
).published();

export const CheckInsScheduled = event(
  "CheckInsScheduled",
  z.strictObject({
    round,
    /** Dates, counted from the confirmation by the policy of this version. */
    dueOn: z.array(isoDate).min(1),
    policyVersion: z.int().min(1),
  }),
).published();

export const PlacementCompleted = event(
  "PlacementCompleted",
  z.strictObject({ round, completedOn: isoDate, reason: reasonCode }),
).published();

/** The journey ended before the placement was confirmed. */
export const PlacementAnnulled = event(
  "PlacementAnnulled",
  z.strictObject({ round, cause: z.enum(["candidate-withdrew", "case-merged", "case-closed"]) }),
).published();

/**
 * `placement-<caseId>`. Still to come with the issues that bring them: PlacementConfirmationOverdue, ContractRenewed,
 * WorkplaceChanged, RedeploymentOffered, RedeploymentAccepted, WageComplaintFiled, EmployerBreachRecorded,
 * WorkerBreachRecorded, JobLost, InjuryReported, DeathReported, DetentionReported, ContactLost, ContactRestored,
 * IrregularStatusDetected, DeportationReported, EarlyReturnRecorded.
 */
export const placementContracts = contractSet({
  category: "placement",
  service: "placement-confirmation",
  subject: "case",
  contracts: [
    PlacementOpened,
    ReferenceContractNoted,
    ArrivalNoted,
    PlacementReportedByCandidate,
    PlacementReportedByAgency,
    EmployerConfirmed,
    ContractUploaded,
    ContractMismatchDetected,
    PlacementConfirmed,
    CheckInsScheduled,
    CheckInReceived,
    PlacementDisputed,
    DisputeResolved,
    PlacementCompleted,
    PlacementAnnulled,
  ],
});
