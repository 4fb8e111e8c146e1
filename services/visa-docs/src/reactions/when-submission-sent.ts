import { isFactOf, streamIdOf, submissionContracts, SubmissionSent } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { submitMember } from "./submit-member.ts";

/** Each member is submitted or dropped in its own stream; one that fails does not stop the others. */
export const whenSubmissionSent = reaction({
  name: "when-submission-sent",
  on: [{ category: submissionContracts.category, contract: SubmissionSent }],
  async then(event, edge) {
    if (!isFactOf(submissionContracts, event) || event.type !== "SubmissionSent") return [];
    const submissionId = streamIdOf(event.stream);
    const { caseIds, submittedOn } = event.data;
    const sent = { submissionId, submittedOn, effectiveAt: event.meta.effectiveAt };
    const plans = await Promise.all(caseIds.map((caseId) => submitMember(edge, caseId, sent)));
    return plans.flat();
  },
});
