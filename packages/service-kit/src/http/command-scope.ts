import { requireReach } from "../auth/scope.ts";
import type { Kit } from "../runtime/kit.ts";
import type { CommandEdge, CommandPlan, CommandRoute } from "../service/command.ts";
import { ProblemError } from "./problem.ts";

/** The case (or the vacancy's employer) must be within the caller's scope. Streams of no case are a matter of role. */
export const requireScope = async (
  kit: Kit,
  route: CommandRoute,
  plan: CommandPlan,
  request: { readonly params: never; readonly edge: CommandEdge },
): Promise<void> => {
  const { caller } = request.edge;
  const employerId = await route.employerOf?.(request);
  if (!plan.aggregate.ofCase) {
    if (caller.role === "employer") requireReach(caller, {}, employerId);
    return;
  }
  const loaded = await kit.executor.load(plan.aggregate, plan.id);
  const caseId = loaded.header.caseId ?? plan.header?.caseId;
  const registered = caseId === undefined ? undefined : await kit.executor.caseHeader(caseId);
  if (!registered) {
    // Whoever may register candidates may register this one: its unit follows from the caller.
    if (plan.creates && !loaded.exists && plan.header?.personId !== undefined) return;
    throw new ProblemError("not-found");
  }
  requireReach(caller, registered, employerId);
};
