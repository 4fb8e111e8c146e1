import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { uuid } from "../fields.ts";

/** `duplicate-<pair id>` holds at which of two suspected cases their decision is made, and nothing else. */
export const DuplicateDecisionTaken = event("DuplicateDecisionTaken", z.strictObject({ caseId: uuid }));
export const DuplicateDecisionGivenBack = event("DuplicateDecisionGivenBack", z.strictObject({ caseId: uuid }));

export const duplicatePairContracts = contractSet({
  category: "duplicate",
  service: "registration",
  subject: "pair of cases",
  contracts: [DuplicateDecisionTaken, DuplicateDecisionGivenBack],
});
