import { DuplicateConfirmed, DuplicateDismissed } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import type { CaseCommand } from "../domain/case/commands.ts";
import type { CaseState } from "../domain/case/state.ts";

/** A person decides once; the other case follows. */
export const whenDuplicateDecided = reaction({
  name: "when-duplicate-decided",
  on: [
    { category: "registration", contract: DuplicateDismissed },
    { category: "registration", contract: DuplicateConfirmed },
  ],
  async then(event, edge) {
    const { caseId, actor } = event.meta;
    const { otherCaseId } = DuplicateDismissed.schema.parse(event.data);
    // What followed a decision is none itself: following it back would undo a confirmation where it was made.
    if (caseId === undefined || actor.kind === "system") return [];
    const other = await edge.load<CaseState>(registrationCase, otherCaseId);
    if (!other.state.lifecycle.holds.includes(`duplicate:${caseId}`)) return [];
    const command: CaseCommand = { type: "DismissDuplicate", otherCaseId: caseId };
    return [{ aggregate: registrationCase, id: otherCaseId, command }];
  },
});
