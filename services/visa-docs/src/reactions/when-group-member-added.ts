import { GroupMemberAdded, isFactOf, isHeldOrEnded, visaDocsContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { dossier, onDossier, submission } from "../aggregates.ts";
import type { DossierState } from "../domain/dossier/state.ts";
import type { SubmissionState } from "../domain/submission/state.ts";
import { submitMember } from "./submit-member.ts";

/** Closes the gap between what joining saw and what it recorded: the case may have stopped, or the group been sent. */
export const whenGroupMemberAdded = reaction({
  name: "when-group-member-added",
  on: [{ category: visaDocsContracts.category, contract: GroupMemberAdded }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (!isFactOf(visaDocsContracts, event) || event.type !== "GroupMemberAdded" || caseId === undefined) return [];
    const { submissionId } = event.data;
    const { state } = await edge.load<DossierState>(dossier, caseId);
    if (state.submissionId !== submissionId) return [];
    if (isHeldOrEnded(await edge.standingOf(caseId)))
      return [onDossier(caseId, { type: "DropFromGroup", submissionId, reason: "case-not-active" })];
    const { submittedOn } = (await edge.load<SubmissionState>(submission, submissionId)).state;
    return submittedOn === undefined ? [] : submitMember(edge, caseId, { submissionId, submittedOn });
  },
});
