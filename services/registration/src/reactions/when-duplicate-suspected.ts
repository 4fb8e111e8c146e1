import { DuplicateSuspected } from "@safar/contracts";
import { isOfRunningImport, reaction } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseState } from "../domain/case/state.ts";
import { importsOfCandidates } from "../imports/imports-table.ts";

/** Both cases are held until a person decides (lifecycle.md, 1). */
export const whenDuplicateSuspected = reaction({
  name: "when-duplicate-suspected",
  on: [{ category: "registration", contract: DuplicateSuspected }],
  async then(event, edge) {
    const { caseId, personId } = event.meta;
    const { otherCaseId, basis } = DuplicateSuspected.schema.parse(event.data);
    if (caseId === undefined || personId === undefined) return [];
    // A row of a list records it on both cases itself, under one transaction id (import.md).
    if (isOfRunningImport(edge.readModel, importsOfCandidates, event)) return [];
    const other = await edge.load<CaseState>(registrationCase, otherCaseId);
    if (!other.exists || other.state.lifecycle.holds.includes(`duplicate:${caseId}`)) return [];
    const suspected = { otherCaseId: caseId, otherPersonId: personId, basis };
    return [{ aggregate: registrationCase, id: otherCaseId, command: { type: "SuspectDuplicate", suspected } }];
  },
});
