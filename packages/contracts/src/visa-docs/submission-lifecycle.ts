import type { FactOf } from "../contract-set.ts";
import type { submissionContracts } from "./submission.ts";

export type SubmissionStatus = "planned" | "sent";

/** Pure and total. A group that was handed in stays so. */
export const evolveSubmissionStatus = (
  status: SubmissionStatus,
  fact: Pick<FactOf<typeof submissionContracts>, "type">,
): SubmissionStatus => (fact.type === "SubmissionSent" ? "sent" : status);
