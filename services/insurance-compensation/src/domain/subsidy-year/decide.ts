import type { FactOf, subsidyYearContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { SubsidyYearCommand } from "./commands.ts";
import { leftFor, type SubsidyYearState } from "./state.ts";

export type SubsidyYearRefusal = RefusalOf<
  "already-done" | "amount-not-positive" | "subsidy-currency" | "subsidy-used-up"
>;
type SubsidyYearDecision = Decision<FactOf<typeof subsidyYearContracts>, SubsidyYearRefusal>;

/** A person's premiums are subsidised up to one sum a year (UP-59), over all journeys and policies. */
export const decideSubsidyYear = (state: SubsidyYearState, command: SubsidyYearCommand): SubsidyYearDecision => {
  const isThere = state.byPolicy[command.policyId] !== undefined;
  if (command.type === "ReleaseSubsidy") {
    if (!isThere) return refuse("already-done");
    return accept({ type: "PremiumSubsidyReleased", data: { policyId: command.policyId } });
  }
  const { caseId, policyId, year, amount, most } = command;
  if (isThere) return refuse("already-done");
  if (amount.minor <= 0) return refuse("amount-not-positive");
  if (amount.currency !== most.currency) return refuse("subsidy-currency", { currency: most.currency });
  if (amount.minor > leftFor(state, policyId, most)) return refuse("subsidy-used-up", { year });
  return accept({ type: "PremiumSubsidyReserved", data: { caseId, policyId, year, amount } });
};
