import {
  benefitContracts,
  policyContracts,
  subsidyYearContracts,
  visaDocsContracts,
  type CompensationKind,
} from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { benefitIdOf, deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import type { CommandPlan } from "@safar/service-kit";
import type { BenefitCommand } from "./domain/benefit/commands.ts";
import { decideBenefit } from "./domain/benefit/decide.ts";
import { evolveBenefit, initialBenefit } from "./domain/benefit/state.ts";
import type { PolicyCommand } from "./domain/policy/commands.ts";
import { decidePolicy } from "./domain/policy/decide.ts";
import { evolvePolicy, initialPolicy } from "./domain/policy/state.ts";
import { evolveRoundsWithVisa } from "./domain/rounds-with-visa.ts";
import { decideSubsidyYear } from "./domain/subsidy-year/decide.ts";
import { evolveSubsidyYear, initialSubsidyYear } from "./domain/subsidy-year/state.ts";

/** `policy-<id>`: the cover of one round of a journey. */
export const policy = defineAggregate({
  contracts: policyContracts,
  decider: { initial: initialPolicy, evolve: evolvePolicy, decide: decidePolicy },
  ofCase: true,
});

/** `benefit-<id>`: the compensation of one kind of expense of a journey. */
export const benefit = defineAggregate({
  contracts: benefitContracts,
  decider: { initial: initialBenefit, evolve: evolveBenefit, decide: decideBenefit },
  ofCase: true,
});

/** `subsidyYear-<id>`: what a person's premiums were subsidised with in one year; it holds the limit of the law. */
export const subsidyYear = defineAggregate({
  contracts: subsidyYearContracts,
  decider: { initial: initialSubsidyYear, evolve: evolveSubsidyYear, decide: decideSubsidyYear },
  ofCase: false,
});

/** `visaDocs-<caseId>` as it is read here: the rounds that a policy was quoted for, if any. */
export const roundsWithVisa = defineAggregate({
  contracts: visaDocsContracts,
  decider: { initial: [], evolve: evolveRoundsWithVisa, decide: (_rounds, command: never) => command },
  ofCase: true,
});

export const subsidyYearIdOf = (personId: string, year: number): string =>
  deriveUuid(SAFAR_NAMESPACE, "subsidy-year", personId, String(year));

/** One policy a case and round. */
export const policyIdOf = (caseId: string, round: string): string =>
  deriveUuid(SAFAR_NAMESPACE, "policy", caseId, round);

type OfKind<Command> = Command extends BenefitCommand & { readonly benefitId: string }
  ? Omit<Command, "benefitId" | "kind">
  : never;

/** A command on the benefit of a kind, whose stream follows from case and kind. */
export const onBenefitOf = (caseId: string, kind: CompensationKind, command: OfKind<BenefitCommand>): CommandPlan => {
  const benefitId = benefitIdOf(caseId, kind);
  return { aggregate: benefit, id: benefitId, command: { ...command, benefitId, kind }, header: { caseId } };
};

export const onBenefit = (id: string, command: BenefitCommand): CommandPlan => ({ aggregate: benefit, id, command });
export const onPolicy = (id: string, command: PolicyCommand): CommandPlan => ({ aggregate: policy, id, command });
