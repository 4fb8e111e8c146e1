import { z } from "zod";
import { reasonCode, registrationContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { accept, refuse } from "@safar/kernel";
import { command, defineService, type Kit, type RefusalText } from "../../src/index.ts";

/** The smallest service that has everything: a case is held for reasons. Its names are rows of the access table. */

interface HoldCommand {
  readonly type: "Hold" | "Free";
  readonly reason: string;
}

export const held = defineAggregate({
  contracts: registrationContracts,
  decider: {
    initial: [] as readonly string[],
    evolve(reasons: readonly string[], { type, data }) {
      if (type === "CaseSuspended") return [...reasons, data.reason];
      return type === "CaseResumed" ? reasons.filter((reason) => reason !== data.reason) : reasons;
    },
    decide(reasons: readonly string[], { type, reason }: HoldCommand) {
      if (reasons.includes(reason) === (type === "Hold")) return refuse("already-done", { reason });
      const fact = { type: type === "Hold" ? ("CaseSuspended" as const) : ("CaseResumed" as const), data: { reason } };
      return accept(fact);
    },
  },
  ofCase: true,
});

const body = z.strictObject({ reason: reasonCode });
const onCase = (name: string, noun: string, type: HoldCommand["type"]) =>
  command({
    name,
    path: `/cases/:caseId/${noun}`,
    summary: name,
    body,
    to: ({ params, body: { reason } }) => ({
      aggregate: held,
      id: params.caseId,
      command: { type, reason },
    }),
  });

const sentence = (text: string): RefusalText["title"] => ({
  "uz-Latn": `uz-Latn ${text}`,
  "uz-Cyrl": `uz-Cyrl ${text}`,
  ru: `ru ${text}`,
  en: `en ${text}`,
});

export const smallService = defineService({
  name: "registration",
  aggregates: [{ aggregate: held, path: "/cases/:caseId", status: () => "submitted" }],
  commands: [onCase("SuspendCase", "suspensions", "Hold"), onCase("ResumeCase", "resumptions", "Free")],
  refusals: {
    "already-done": { status: 409, title: sentence("<b>done</b>"), detail: sentence("because of {reason}") },
  },
});

/** Holds a case of the branch 1726 for a reason; the first one opens the case. */
export const holdCase = async ({ environment, executor }: Kit, caseId: string, reason: string): Promise<void> => {
  await executor.execute({
    aggregate: held,
    id: caseId,
    command: { type: "Hold", reason },
    transactionId: environment.random.uuid(),
    header: { caseId, personId: environment.random.uuid(), unit: "1726", region: "1726" },
    context: {
      actor: { id: "elsewhere", role: "registrar", kind: "human" },
      occurredAt: "2026-02-16T09:00:00Z",
      correlationId: "test",
    },
  });
};
