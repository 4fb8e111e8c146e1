import type { Money } from "@safar/kernel";

export type SubsidyYearCommand =
  | {
      readonly type: "ReserveSubsidy";
      readonly caseId: string;
      readonly policyId: string;
      readonly year: number;
      readonly amount: Money;
      /** What the law grants a person in a year. */
      readonly most: Money;
    }
  | { readonly type: "ReleaseSubsidy"; readonly policyId: string };
