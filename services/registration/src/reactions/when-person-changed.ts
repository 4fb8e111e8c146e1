import { CandidateRegistered, PassportRenewed, PersonDetailsCorrected } from "@safar/contracts";
import { reaction, type ReactionEdge } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseState } from "../domain/case/state.ts";
import { findSuspected, indexPerson } from "../registering.ts";

/** Whether a case was registered from the same list: rows of one list are compared by its import, in the file's order. */
const isOfSameList = async (edge: ReactionEdge, state: CaseState, otherCaseId: string): Promise<boolean> => {
  if (state.listed === undefined) return false;
  const other = await edge.load<CaseState>(registrationCase, otherCaseId);
  return other.state.listed?.importId === state.listed.importId;
};

/**
 * The vault's index follows the log, also when the process died between the two; and two registrations that raced
 * past each other's search are found here.
 */
export const whenPersonChanged = reaction({
  name: "when-person-changed",
  on: [
    { category: "registration", contract: CandidateRegistered },
    { category: "registration", contract: PersonDetailsCorrected },
    { category: "registration", contract: PassportRenewed },
  ],
  async then(event, edge) {
    const { caseId, personId } = event.meta;
    if (caseId === undefined || personId === undefined) return [];
    const details = await edge.personOf(caseId);
    if (!details) return [];
    const isRegistration = event.type === CandidateRegistered.type;
    if (!isRegistration) await indexPerson(edge, personId, details);
    const { state } = await edge.load<CaseState>(registrationCase, caseId);
    for (const suspected of await findSuspected(edge, personId, details)) {
      const { otherCaseId } = suspected;
      if (state.suspectedBefore.includes(otherCaseId)) continue;
      if (isRegistration && (await isOfSameList(edge, state, otherCaseId))) continue;
      return [{ aggregate: registrationCase, id: caseId, command: { type: "SuspectDuplicate", suspected } }];
    }
    return [];
  },
});
