import { categoryOf, type DecodedEvent } from "@safar/contracts";
import type { Execution, Outcome } from "@safar/event-store";
import { deriveUuid } from "@safar/kernel";
import type { CommandPlan } from "../service/command.ts";
import { executePlan, executionOf } from "./execute-plan.ts";
import { nowOf, type Kit } from "./kit.ts";

/** As it stands on record where it was refused. */
export const commandName = (command: unknown): string =>
  typeof command === "object" && command !== null && "type" in command ? String(command.type) : "command";

/** Refusals that a late or repeated fact gives rise to in ordinary work; on record, but nobody is woken. */
const QUIET_REFUSALS: ReadonlySet<string> = new Set(["already-done"]);

/** Something that is not the event's fault stands in the way: it is tried again. */
export class ReactionHindered extends Error {
  override readonly name = "ReactionHindered";
}

/** Executes one reaction's command under a transaction of its own; a refusal is put on record in the target stream. */
export const performReaction = async (
  kit: Kit,
  service: string,
  reaction: string,
  event: DecodedEvent,
  plan: CommandPlan,
): Promise<"done" | { readonly refused: { readonly code: string } }> => {
  const target = `${(plan.aggregate.contracts as { category: string }).category}-${plan.id}`;
  const transactionId = deriveUuid(event.id, reaction, target);
  const context = {
    actor: { id: service, role: "service", kind: "system" },
    occurredAt: nowOf(kit.environment),
    correlationId: event.meta.correlationId,
    causationId: event.id,
  } as const;
  const header =
    plan.header ?? (plan.aggregate.ofCase && event.meta.caseId ? { caseId: event.meta.caseId } : undefined);
  const record = executionOf({ ...plan, ...(header ? { header } : {}) }, { transactionId, context });
  const outcome = await executePlan(kit, plan, record);
  return settle(kit, service, reaction, record, outcome, plan);
};

const settle = async (
  kit: Kit,
  service: string,
  reaction: string,
  record: Execution<unknown>,
  outcome: Outcome,
  plan: CommandPlan,
): Promise<"done" | { readonly refused: { readonly code: string } }> => {
  if (outcome.kind === "recorded") return "done";
  if (outcome.kind === "contended")
    throw new ReactionHindered(`${reaction}: others changed the stream again and again`);
  const code = outcome.kind === "refused" ? outcome.refusal.code : outcome.kind;
  const alarm = !QUIET_REFUSALS.has(code);
  const recorded = await kit.executor.recordKitEvent(record, {
    type: "ReactionRefused",
    data: { reaction, command: commandName(plan.command), code, alarm },
  });
  if (recorded.kind === "contended") throw new ReactionHindered(`${reaction}: its refusal could not be recorded`);
  kit.metrics.count("safar_reactions_refused_total", "Reactions whose command was refused", {
    service,
    reaction,
    code,
  });
  if (alarm)
    kit.log.warn(
      { service, reaction, code, stream: categoryOf(record.aggregate.contracts.category) },
      "a reaction was refused",
    );
  return { refused: { code } };
};
