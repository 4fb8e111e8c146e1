export type DuplicatePairCommand =
  | { readonly type: "TakeDecision"; readonly caseId: string }
  /** The decision was not recorded in the case after all. */
  | { readonly type: "GiveDecisionBack"; readonly caseId: string };
