import { CandidateRegistered, PassportRenewed, PersonDetailsCorrected } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseState } from "../domain/case/state.ts";
import { findSuspected, indexPerson } from "../registering.ts";

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
    if (event.type !== "CandidateRegistered") await indexPerson(edge, personId, details);
    const { state } = await edge.load<CaseState>(registrationCase, caseId);
    const found = await findSuspected(edge, personId, details);
    const suspected = found.find(({ otherCaseId }) => !state.suspectedBefore.includes(otherCaseId));
    if (!suspected) return [];
    return [{ aggregate: registrationCase, id: caseId, command: { type: "SuspectDuplicate", suspected } }];
  },
});
