import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { moneySchema, uuid } from "../fields.ts";

/** A part of the year's sum is kept for a policy; `PremiumSubsidyGranted` under the same transaction uses it. */
export const PremiumSubsidyReserved = event(
  "PremiumSubsidyReserved",
  z.strictObject({ caseId: uuid, policyId: uuid, year: z.int().min(2000).max(9999), amount: moneySchema }),
);
export const PremiumSubsidyReleased = event("PremiumSubsidyReleased", z.strictObject({ policyId: uuid }));

/** `subsidyYear-<id>`, the id following from person and calendar year: what the person's premiums were subsidised with. */
export const subsidyYearContracts = contractSet({
  category: "subsidyYear",
  service: "insurance-compensation",
  subject: "subsidyYear",
  contracts: [PremiumSubsidyReserved, PremiumSubsidyReleased],
});
