import { z } from "zod";
import type { Outcome } from "@safar/event-store";
import type { CommandRoute } from "../service/command.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { ProblemError } from "./problem.ts";

type Recorded = Extract<Outcome, { kind: "recorded" }>;

export const answerSchema = z.object({
  id: z.string(),
  caseId: z.string().optional(),
  caseNumber: z.string().optional(),
  position: z.string(),
  warnings: z.array(z.string()).optional(),
});

/** What an outcome that is no success is told as. */
export const problemOfOutcome = (outcome: Exclude<Outcome, Recorded>): ProblemError => {
  switch (outcome.kind) {
    case "refused":
      return new ProblemError(outcome.refusal.code, { params: outcome.refusal.params ?? {} });
    case "different-request":
      return new ProblemError("idempotency-key-reused");
    case "lapsed":
      return new ProblemError("reservation-lapsed");
    case "precondition-failed":
      return new ProblemError("precondition-failed", { params: { actual: `"${outcome.actual}"` } });
    case "unknown-case":
      return new ProblemError("not-found");
    case "contended":
      return new ProblemError("contended", { retryAfter: 1 });
  }
};

/** `Location` and body of what was recorded. */
export const answerOf = (
  service: ServiceDefinition,
  route: CommandRoute,
  plan: { readonly id: string; readonly aggregate: unknown },
  outcome: Recorded,
) => {
  const { id = plan.id, caseNumber, warnings } = route.answer?.(outcome.events) ?? {};
  const caseId = outcome.events[0]?.meta.caseId;
  const room = service.aggregates.find(({ aggregate }) => aggregate === plan.aggregate);
  const location = room?.path && `/${service.name}${room.path.replace(/:\w+/, plan.id)}`;
  return {
    location,
    body: {
      id,
      ...(caseId === undefined ? {} : { caseId }),
      ...(caseNumber === undefined ? {} : { caseNumber }),
      position: String(outcome.position),
      ...(warnings === undefined || warnings.length === 0 ? {} : { warnings }),
    },
  };
};
