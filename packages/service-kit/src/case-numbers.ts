import { CaseNumbersTaken, contractSet } from "@safar/contracts";
import { accept, deriveUuid, SAFAR_NAMESPACE, type Environment } from "@safar/kernel";
import { defineAggregate, StoreUnavailable, type Executor } from "@safar/event-store";

export const caseNumberContracts = contractSet({
  category: "caseNumbers",
  service: "registration",
  subject: "year and region",
  contracts: [CaseNumbersTaken],
});

/** How many numbers are taken at once: few appends while a list is imported, small gaps after a restart. */
const BLOCK_SIZE = 100;

/** `caseNumbers-<year>-<region>`: blocks of running numbers, each given away once. */
const caseNumbers = defineAggregate({
  contracts: caseNumberContracts,
  decider: {
    initial: 0,
    evolve: (last: number, fact) => Math.max(last, fact.data.to),
    decide: (last: number, { size }: { readonly size: number }) =>
      accept({ type: "CaseNumbersTaken" as const, data: { from: last + 1, to: last + size } }),
  },
  ofCase: false,
});

interface Block {
  next: number;
  readonly to: number;
}

/** Gives case numbers (`2026-1726-000123`): assigned once, never reused; gaps are allowed (identifiers.md). */
export const createCaseNumbers = (executor: Executor, environment: Environment) => {
  const blocks = new Map<string, Promise<Block>>();

  const takeBlock = async (key: string): Promise<Block> => {
    const outcome = await executor.execute({
      aggregate: caseNumbers,
      id: key,
      command: { size: BLOCK_SIZE },
      transactionId: deriveUuid(SAFAR_NAMESPACE, "case-numbers", environment.random.uuid()),
      context: {
        actor: { id: "case-numbers", role: "service", kind: "system" },
        occurredAt: new Date(environment.clock.now()).toISOString(),
        correlationId: environment.random.uuid(),
      },
    });
    if (outcome.kind === "contended")
      throw new StoreUnavailable("others take numbers of the same year and region again and again", "not-stored");
    if (outcome.kind !== "recorded") throw new Error(`no case numbers for ${key}: ${outcome.kind}`);
    const { from, to } = CaseNumbersTaken.schema.parse(outcome.events[0]?.data);
    return { next: from, to };
  };

  return async (year: number, region: string): Promise<string> => {
    const key = `${year}-${region}`;
    for (;;) {
      let block = blocks.get(key);
      if (!block) {
        block = takeBlock(key);
        blocks.set(key, block);
        block.catch(() => blocks.delete(key));
      }
      const taken = await block;
      if (taken.next <= taken.to) {
        const number = taken.next;
        taken.next += 1;
        return `${key}-${String(number).padStart(6, "0")}`;
      }
      if (blocks.get(key) === block) blocks.delete(key);
    }
  };
};
export type TakeCaseNumber = ReturnType<typeof createCaseNumbers>;
