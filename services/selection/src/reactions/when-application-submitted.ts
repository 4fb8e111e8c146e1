import { applicationContracts, ApplicationSubmitted } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { application } from "../aggregates.ts";
import type { ApplicationCommand } from "../domain/application/commands.ts";
import { isActive } from "../domain/standing.ts";

/** The case was stopped between the look at its standing and the application: what was released stays released. */
export const whenApplicationSubmitted = reaction({
  name: "when-application-submitted",
  on: [{ category: applicationContracts.category, contract: ApplicationSubmitted }],
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined || isActive(await edge.standingOf(caseId))) return [];
    const { applicationId } = ApplicationSubmitted.schema.parse(event.data);
    const command: ApplicationCommand = {
      type: "WithdrawApplication",
      reason: "case-not-active",
      isUnderWay: false,
    };
    return [{ aggregate: application, id: applicationId, command }];
  },
});
