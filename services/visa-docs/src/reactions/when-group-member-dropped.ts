import { GroupMemberDropped, isFactOf, visaDocsContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onSubmission } from "../aggregates.ts";

/** The place goes back to the group. */
export const whenGroupMemberDropped = reaction({
  name: "when-group-member-dropped",
  on: [{ category: visaDocsContracts.category, contract: GroupMemberDropped }],
  then(event) {
    const { caseId } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "GroupMemberDropped" || caseId === undefined) return [];
    const { submissionId, reason } = event.data;
    return [onSubmission(submissionId, { type: "ReleasePlace", caseId, reason })];
  },
});
