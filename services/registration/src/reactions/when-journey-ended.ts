import { CandidateWithdrew, CaseClosed, CaseMerged } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { person } from "../aggregates.ts";
import type { PersonCommand } from "../domain/person/commands.ts";

const CAUSES: Readonly<Record<string, Extract<PersonCommand, { type: "EndJourney" }>["cause"]>> = {
  CandidateWithdrew: "withdrawn",
  CaseClosed: "closed",
  CaseMerged: "merged",
};

/** The person may set out again (lifecycle.md, reactions). */
export const whenJourneyEnded = reaction({
  name: "when-journey-ended",
  on: [
    { category: "registration", contract: CaseClosed },
    { category: "registration", contract: CandidateWithdrew },
    { category: "registration", contract: CaseMerged },
  ],
  then(event) {
    const { caseId, personId } = event.meta;
    const cause = CAUSES[event.type];
    if (caseId === undefined || personId === undefined || cause === undefined) return [];
    const command: PersonCommand = { type: "EndJourney", caseId, cause };
    return [{ aggregate: person, id: personId, command, header: { personId } }];
  },
});
