import { freeText, isoDate, reasonCode, sha256, workTermsSchema } from "@safar/contracts";
import { tashkentDate } from "@safar/kernel";
import { z } from "zod";

/** From when a fact counts, where that is not now (it is entered late). */
const effectiveAt = z.iso.datetime().optional();

/** The day of a fact: of the instant from which it counts, or else today. Tashkent dates. */
export const dayOf = (body: { readonly effectiveAt?: string | undefined }, today: string): string =>
  body.effectiveAt === undefined ? today : tashkentDate(Date.parse(body.effectiveAt));

export const reportBody = z.strictObject({
  /** False: there is no job. */
  placed: z.boolean(),
  startedOn: isoDate.optional(),
  note: freeText.optional(),
  /** Whose word staff enter; the candidate's where it is left out. Candidates and agencies speak for themselves. */
  onBehalfOf: z.enum(["candidate", "agency"]).optional(),
  effectiveAt,
});

const contract = z.strictObject({ sha256, terms: workTermsSchema });
export const employerConfirmationBody = z.strictObject({ startedOn: isoDate, contract, effectiveAt });
export const contractBody = z.strictObject({ sha256, terms: workTermsSchema, effectiveAt });

export const disputeBody = z.strictObject({ cause: reasonCode });
export const resolutionBody = z.strictObject({ outcome: z.enum(["placed", "not-placed"]), reason: reasonCode });

export const checkInBody = z.strictObject({ working: z.boolean(), note: freeText.optional(), effectiveAt });
export const completionBody = z.strictObject({ reason: reasonCode, effectiveAt });
