import { executeReserved, type Execution, type Outcome } from "@safar/event-store";
import type { CommandPlan } from "../service/command.ts";
import type { Kit } from "./kit.ts";

type ForOneStream = Pick<Execution<unknown>, "aggregate" | "id" | "command" | "header">;
type Transaction = Pick<Execution<unknown>, "transactionId" | "context">;

/** What a plan says of one stream, under a transaction. */
export const executionOf = (
  { aggregate, id, command, header }: ForOneStream,
  { transactionId, context }: Transaction,
): Execution<unknown> => ({ aggregate, id, command, transactionId, context, ...(header ? { header } : {}) });

/** @param record of the plan's own stream; what the plan reserves in another stream comes before it */
export const executePlan = async (kit: Kit, plan: CommandPlan, record: Execution<unknown>): Promise<Outcome> => {
  if (!plan.reserve) return kit.executor.execute(record);
  const { release, ...reserved } = plan.reserve;
  return executeReserved(kit.executor, { reserve: executionOf(reserved, record), record, release });
};
