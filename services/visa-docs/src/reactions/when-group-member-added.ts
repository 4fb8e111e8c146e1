import { GroupMemberAdded, isFactOf, visaDocsContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { submission } from "../aggregates.ts";
import type { SubmissionState } from "../domain/submission/state.ts";
import { submitMember } from "./submit-member.ts";

/** Closes the gap between a place that was reserved and the joining on record: the group may have been sent. */
export const whenGroupMemberAdded = reaction({
  name: "when-group-member-added",
  on: [{ category: visaDocsContracts.category, contract: GroupMemberAdded }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "GroupMemberAdded" || caseId === undefined) return [];
    const { submissionId } = event.data;
    const { submittedOn } = (await edge.load<SubmissionState>(submission, submissionId)).state;
    return submittedOn === undefined ? [] : submitMember(edge, caseId, { submissionId, submittedOn });
  },
});
