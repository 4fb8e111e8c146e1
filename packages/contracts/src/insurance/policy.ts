import { z } from "zod";
import { contractSet } from "../contract-set.ts";
import { event } from "../event.ts";
import { country, isoDate, moneySchema, reasonCode, uuid } from "../fields.ts";

const ofRound = { policyId: uuid, round: uuid };

/** Cover is needed before travel, benefits only after the placement is confirmed (numbers.md, 4). */
export const PolicyQuoted = event(
  "PolicyQuoted",
  z.strictObject({ ...ofRound, destination: country, contractMonths: z.int().min(1) }),
).published();
export const PolicyIssued = event(
  "PolicyIssued",
  z.strictObject({ ...ofRound, number: z.string().min(1).max(60), premium: moneySchema }),
).published();
export const PolicyActivated = event(
  "PolicyActivated",
  z.strictObject({ ...ofRound, validFrom: isoDate, validUntil: isoDate }),
).published();
/** For people on the social lists, up to a sum a year (UP-59). */
export const PremiumSubsidyGranted = event(
  "PremiumSubsidyGranted",
  z.strictObject({ ...ofRound, amount: moneySchema, socialList: z.string() }),
).published();
export const PolicyCancelled = event("PolicyCancelled", z.strictObject({ ...ofRound, reason: reasonCode })).published();

/** `policy-<id>`, one a case and round. `PolicyLapsed`, claims and clawbacks come with the issues that bring them. */
export const policyContracts = contractSet({
  category: "policy",
  service: "insurance-compensation",
  subject: "policy",
  contracts: [PolicyQuoted, PolicyIssued, PolicyActivated, PremiumSubsidyGranted, PolicyCancelled],
});
