import type { FactOf, subsidyYearContracts } from "@safar/contracts";
import type { Money } from "@safar/kernel";

export interface SubsidyYearState {
  /** What was reserved or granted in this year, by policy. */
  readonly byPolicy: Readonly<Record<string, Money>>;
}

export const initialSubsidyYear: SubsidyYearState = { byPolicy: {} };

export const evolveSubsidyYear = (
  state: SubsidyYearState,
  fact: FactOf<typeof subsidyYearContracts>,
): SubsidyYearState => {
  switch (fact.type) {
    case "PremiumSubsidyReserved":
      return { byPolicy: { ...state.byPolicy, [fact.data.policyId]: fact.data.amount } };
    case "PremiumSubsidyReleased": {
      const { [fact.data.policyId]: _released, ...byPolicy } = state.byPolicy;
      return { byPolicy };
    }
  }
};

/** Minor units that are left of the year's sum for a policy, beside what the person's other policies have. */
export const leftFor = ({ byPolicy }: SubsidyYearState, policyId: string, most: Money): number =>
  Object.entries(byPolicy).reduce((left, [other, { minor }]) => (other === policyId ? left : left - minor), most.minor);
