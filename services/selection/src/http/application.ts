import type { Header } from "@safar/event-store";
import { ProblemError, type CommandEdge, type CommandPlan } from "@safar/service-kit";
import { application } from "../aggregates.ts";
import type { ApplicationCommand } from "../domain/application/commands.ts";
import type { Applied, ApplicationState } from "../domain/application/state.ts";

/** What every command on one application shares: where it goes, where a repeat is found, whose vacancy it is. */

export const onApplication = (id: string, decided: ApplicationCommand): CommandPlan => ({
  aggregate: application,
  id,
  command: decided,
});

interface Asked {
  readonly params: { readonly id: string };
  readonly edge: CommandEdge;
}

export const ofApplication = {
  stream: ({ params }: Pick<Asked, "params">) => ({ aggregate: application, id: params.id }),
  employerOf: async ({ params, edge }: Asked): Promise<string | undefined> =>
    (await edge.load<ApplicationState>(application, params.id)).state.applied?.employerId,
};

/** @throws ProblemError not-found */
export const presentApplication = async (
  edge: Pick<CommandEdge, "load">,
  id: string,
): Promise<{
  readonly state: ApplicationState;
  readonly applied: Applied;
  readonly caseId: string;
  readonly header: Header;
}> => {
  const { state, header } = await edge.load<ApplicationState>(application, id);
  if (!state.applied || header.caseId === undefined) throw new ProblemError("not-found");
  return { state, applied: state.applied, caseId: header.caseId, header };
};
