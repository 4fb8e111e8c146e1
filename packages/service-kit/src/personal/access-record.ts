import { contractSet, PersonalDataRead, type Actor } from "@safar/contracts";
import { accept } from "@safar/kernel";
import { defineAggregate, type Executor } from "@safar/event-store";

interface ReadCommand {
  readonly what: string;
  readonly fields: readonly string[];
  readonly page?: string;
}

export const accessContracts = contractSet({
  category: "access",
  service: "service-kit",
  subject: "case",
  contracts: [PersonalDataRead],
});

/** `access-<caseId>`: every reading is a fact of its own, and none is ever refused. */
export const accessLog = defineAggregate({
  contracts: accessContracts,
  decider: {
    initial: undefined,
    evolve: () => undefined,
    decide: (_state: undefined, { what, fields, page }: ReadCommand) =>
      accept({ type: "PersonalDataRead" as const, data: { what, fields: [...fields], page } }),
  },
  ofCase: false,
});

/** Readers of one case at once never make each other wait for long: a conflict is tried again this often. */
const MAX_TRIES = 20;

/** Puts a reading of personal data on record; durable before it resolves, and so before the first byte is sent. */
export const recordAccess = async (
  executor: Executor,
  reading: ReadCommand & {
    readonly caseId: string;
    readonly actor: Actor;
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly transactionId: string;
  },
): Promise<void> => {
  const { caseId, actor, occurredAt, correlationId, transactionId, ...command } = reading;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await executor.execute({
      aggregate: accessLog,
      id: caseId,
      command,
      transactionId,
      context: { actor, occurredAt, correlationId },
      header: { caseId },
    });
    if (outcome.kind === "recorded") return;
  }
  throw new Error(`the reading of case ${caseId} could not be put on record`);
};
