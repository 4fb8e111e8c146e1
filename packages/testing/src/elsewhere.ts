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

/** The invented candidate of every case: the numbers agree with each other. */
export const inventedPerson = {
  surname: "Karimov",
  givenName: "Anvar",
  sex: "E" as "A" | "E",
  birthDate: "1990-04-15",
  pinfl: "31504901230013",
  passport: "AD1234567",
  passportExpiry: "2035-01-31",
};

/** Registration's first fact of a case: the n-th of the branch 1726, always of the same invented person. */
export const candidateRegistered = (n: number, given: Readonly<Record<string, unknown>> = {}): FactElsewhere => ({
  type: "CandidateRegistered",
  data: {
    caseNumber: `2026-1726-${String(n).padStart(6, "0")}`,
    channel: "branch",
    ...inventedPerson,
    phone: "+998901234567",
    regionSoato: "1726",
    destinations: ["DE"],
    startsAbroad: false,
    warnings: [],
    asOf: "2026-01-15",
    ...given,
  },
});
