export type PersonCommand =
  | { readonly type: "OpenJourney"; readonly caseId: string }
  | {
      readonly type: "EndJourney";
      readonly caseId: string;
      readonly cause: "closed" | "withdrawn" | "merged" | "given-up";
    };
