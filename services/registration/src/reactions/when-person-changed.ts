import { CandidateRegistered, PassportRenewed, PersonDetailsCorrected } from "@safar/contracts";
import { reaction, type ReactionEdge } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseState } from "../domain/case/state.ts";
import { findSuspected, indexPerson } from "../registering.ts";

/**
 * Whether this reaction is the one to compare two cases. Not yet where the other's registration is not recorded: its own
 * event brings it here. Never the rows of one list, which its import compares in the file's order.
 */
const isComparedHere = async (
  edge: ReactionEdge,
  state: CaseState,
  otherCaseId: string,
  isRegistration: boolean,
): Promise<boolean> => {
  const other = (await edge.load<CaseState>(registrationCase, otherCaseId)).state;
  if (other.caseNumber === undefined) return false;
  const isOfSameList = state.listed !== undefined && other.listed?.importId === state.listed.importId;
  return !(isRegistration && isOfSameList);
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
      if (!(await isComparedHere(edge, state, otherCaseId, isRegistration))) continue;
      return [{ aggregate: registrationCase, id: caseId, command: { type: "SuspectDuplicate", suspected } }];
    }
    return [];
  },
});
