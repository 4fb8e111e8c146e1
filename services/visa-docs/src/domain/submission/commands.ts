import type { FactOfContract, SubmissionPlanned } from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";

export type SubmissionGroupCommand =
  | { readonly type: "PlanSubmission"; readonly plan: FactOfContract<typeof SubmissionPlanned>["data"] }
  | { readonly type: "ReservePlace"; readonly caseId: string }
  | { readonly type: "ReleasePlace"; readonly caseId: string; readonly reason: string }
  | { readonly type: "SendSubmission"; readonly submittedOn: IsoDate; readonly effectiveAt?: string | undefined };
