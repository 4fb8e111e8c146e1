import type { FactOf } from "../contract-set.ts";
import type { benefitContracts } from "./benefit.ts";
import type { policyContracts } from "./policy.ts";

/** For policies and benefits the state is the last event's name in camelCase (interface.md, Live stream). */
const camelCase = (type: string): string => type.charAt(0).toLowerCase() + type.slice(1);

export const evolvePolicyStatus = (_status: string, { type }: Pick<FactOf<typeof policyContracts>, "type">): string =>
  camelCase(type);

export const evolveBenefitStatus = (_status: string, { type }: Pick<FactOf<typeof benefitContracts>, "type">): string =>
  camelCase(type);
