import type { CommandPlan, ReactionEdge } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import type { DossierState } from "../domain/dossier/state.ts";

interface Sent {
  readonly submissionId: string;
  readonly submittedOn: string;
  readonly effectiveAt?: string | undefined;
}

/** What a group's submission means for one case; nothing for one that left, or whose joining is not on record yet. */
export const submitMember = async (edge: ReactionEdge, caseId: string, sent: Sent): Promise<readonly CommandPlan[]> => {
  const { state } = await edge.load<DossierState>(dossier, caseId);
  if (state.submissionId !== sent.submissionId || state.submittedOn !== undefined) return [];
  const standing = await edge.standingOf(caseId);
  return [onDossier(caseId, { type: "SubmitWithGroup", ...sent, standing })];
};
