import { CandidateRegistered, PassportRenewed, PersonDetailsCorrected } from "@safar/contracts";
import { IMPORT_CHANNEL, reaction } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseState } from "../domain/case/state.ts";
import { indexFromLog } from "../person-index.ts";
import { findSuspected } from "../registering.ts";

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
    // A row of a list does both itself, before it counts as done.
    if (event.type === CandidateRegistered.type && event.meta.actor.channel === IMPORT_CHANNEL) return [];
    const details = await indexFromLog(edge, caseId);
    if (!details) return [];
    const { state } = await edge.load<CaseState>(registrationCase, caseId);
    for (const suspected of await findSuspected(edge, personId, details)) {
      const { otherCaseId } = suspected;
      if (state.suspectedBefore.includes(otherCaseId)) continue;
      // Where the other's registration is not recorded yet, its own event brings it here, or its row finds this one.
      const other = await edge.load<CaseState>(registrationCase, otherCaseId);
      if (other.state.caseNumber === undefined) continue;
      return [{ aggregate: registrationCase, id: caseId, command: { type: "SuspectDuplicate", suspected } }];
    }
    return [];
  },
});
