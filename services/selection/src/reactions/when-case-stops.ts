import { CASE_STOPS, caseStopOf, type CaseStop } from "@safar/contracts";
import { everyRow } from "@safar/read-model";
import { reaction, type CommandPlan, type ReactionEdge } from "@safar/service-kit";
import { application, candidacy, candidateOfRegistration, departureOfCase } from "../aggregates.ts";
import type { ApplicationCommand } from "../domain/application/commands.ts";
import { LIVE } from "../domain/application/stages.ts";
import type { CandidacyCommand } from "../domain/candidacy/commands.ts";
import type { CandidacyState } from "../domain/candidacy/state.ts";
import type { CandidateView } from "../domain/candidate-view.ts";
import { isUnderWay, type Departed } from "../domain/under-way.ts";
import { applicants } from "../projections/applicants.ts";

const closing = async (edge: ReactionEdge, caseId: string, reason: CaseStop): Promise<readonly CommandPlan[]> => {
  const { state } = await edge.load<CandidacyState>(candidacy, caseId);
  const command: CandidacyCommand = { type: "CloseCv", reason };
  return state.profile ? [{ aggregate: candidacy, id: caseId, command }] : [];
};

/** Applications that were there when it happened: one that was made after a resumption is left alone. */
const withdrawals = async (
  edge: ReactionEdge,
  event: { readonly caseId: string; readonly position: bigint; readonly reason: CaseStop },
): Promise<readonly CommandPlan[]> => {
  const { caseId, position, reason } = event;
  const candidate = await edge.load<CandidateView>(candidateOfRegistration, caseId);
  const departure = await edge.load<Departed>(departureOfCase, caseId);
  const staysPut = (id: string): boolean => isUnderWay(id, candidate.state, departure.state);
  const command: ApplicationCommand = { type: "WithdrawApplication", reason, isUnderWay: false };
  return [...everyRow(edge.readModel.table(applicants), { caseId })]
    .map(({ row }) => row)
    .filter(({ stage, submittedAt }) => LIVE.includes(stage) && BigInt(submittedAt) < position)
    .filter(({ stage, applicationId }) => stage !== "accepted" || !staysPut(applicationId))
    .map(({ applicationId }) => ({ aggregate: application, id: applicationId, command }));
};

/** Sharing stops and positions return. Who has left for the job keeps it: what follows there is placement's. */
export const whenCaseStops = reaction({
  name: "when-case-stops",
  on: CASE_STOPS,
  async then(event, edge) {
    const { caseId } = event.meta;
    const reason = caseStopOf(event.type);
    if (caseId === undefined || reason === undefined) return [];
    const { position } = event;
    return [...(await closing(edge, caseId, reason)), ...(await withdrawals(edge, { caseId, position, reason }))];
  },
});
