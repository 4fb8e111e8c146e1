import { z } from "zod";
import { event } from "../event.ts";
import { freeText, isoDate, reasonCode, sha256, uuid } from "../fields.ts";
import { personal } from "../personal.ts";
import { workTermsSchema } from "../selection/terms.ts";

/**
 * What is said of a placement, by whom. Facts come before the placement opens as often as after: then they name no
 * round, and the next round that opens takes them.
 */
const round = uuid.optional();
const note = personal(freeText, { of: "personId" }).optional();

const report = {
  round,
  /** False: there is no job. */
  placed: z.boolean(),
  startedOn: isoDate.optional(),
  note,
};
export const PlacementReportedByCandidate = event("PlacementReportedByCandidate", z.strictObject(report)).published();
export const PlacementReportedByAgency = event("PlacementReportedByAgency", z.strictObject(report)).published();

/** The employer says that the worker is at work under the contract of this hash. */
export const EmployerConfirmed = event(
  "EmployerConfirmed",
  z.strictObject({ round, employerId: uuid.optional(), startedOn: isoDate, sha256 }),
).published();

/** Whose copy of the contract it is. */
export const contractHolder = z.enum(["candidate", "agency", "employer", "office"]);
export type ContractHolder = z.infer<typeof contractHolder>;

export const ContractUploaded = event(
  "ContractUploaded",
  z.strictObject({ round, sha256, terms: workTermsSchema, uploadedBy: contractHolder }),
).published();

export const CheckInReceived = event(
  "CheckInReceived",
  z.strictObject({
    round,
    receivedOn: isoDate,
    from: z.enum(["candidate", "agency", "employer", "office"]),
    working: z.boolean(),
    note,
  }),
).published();

/** The candidate says there is no job, while agency or employer say placed; or somebody contests what was said. */
export const PlacementDisputed = event(
  "PlacementDisputed",
  z.strictObject({ round: uuid, cause: reasonCode }),
).published();

/** `placed`: the job is there as claimed, a differing contract included. `not-placed`: what was claimed is void. */
export const DisputeResolved = event(
  "DisputeResolved",
  z.strictObject({ round: uuid, outcome: z.enum(["placed", "not-placed"]), reason: reasonCode }),
).published();
