import type { ContractSet, RecordedFact } from "@safar/contracts";
import { defineAggregate, type Header } from "@safar/event-store";
import { accept, type Decision } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";

/** A fact as a service that is not under test would record it. */
export type FactElsewhere = Pick<RecordedFact, "type" | "data">;

const recorder = (contracts: ContractSet) =>
  defineAggregate({
    contracts,
    decider: {
      initial: undefined,
      evolve: () => undefined,
      decide: (_state: undefined, facts: readonly FactElsewhere[]): Decision<never, never> =>
        accept(...(facts as never[])),
    },
    ofCase: true,
  });

/**
 * Records facts in another service's stream, by its contracts: a service under test knows no more of it than that.
 * @returns the ids of the events, in order
 */
export const recordElsewhere = async (
  kit: Kit,
  contracts: ContractSet,
  id: string,
  header: Header,
  ...facts: readonly FactElsewhere[]
): Promise<readonly string[]> => {
  const outcome = await kit.executor.execute({
    aggregate: recorder(contracts),
    id,
    command: facts,
    transactionId: kit.environment.random.uuid(),
    header,
    context: {
      actor: { id: "elsewhere", role: "registrar", kind: "human" },
      occurredAt: new Date(kit.environment.clock.now()).toISOString(),
      correlationId: "test",
    },
  });
  if (outcome.kind !== "recorded") throw new Error(`${contracts.category} did not record: ${outcome.kind}`);
  return outcome.events.map(({ id: eventId }) => eventId);
};
