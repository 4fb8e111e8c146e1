import { personContracts, policyContracts, registrationContracts, type FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import {
  createExecutor,
  defineAggregate,
  openMemoryEventStore,
  type CommandContext,
  type EventStore,
  type Execution,
} from "../../src/index.ts";
import { environment } from "./environment.ts";

/** Small deciders over real contracts: what keeps a case is held for reasons, and a person has one open journey. */

export type HoldCommand =
  { readonly type: "Hold"; readonly reason: string } | { readonly type: "Free"; readonly reason: string };

/** `registration-<caseId>`: the reasons for which it is held. */
export const held = defineAggregate({
  contracts: registrationContracts,
  decider: {
    initial: [] as readonly string[],
    evolve(reasons: readonly string[], { type, data }) {
      if (type === "CaseSuspended") return [...reasons, data.reason];
      return type === "CaseResumed" ? reasons.filter((reason) => reason !== data.reason) : reasons;
    },
    decide(reasons: readonly string[], { type, reason }: HoldCommand) {
      if (reasons.includes(reason) === (type === "Hold")) return refuse("already-done");
      const fact = { type: type === "Hold" ? ("CaseSuspended" as const) : ("CaseResumed" as const), data: { reason } };
      return accept(fact);
    },
  },
  ofCase: true,
});

export type JourneyCommand =
  { readonly type: "Open"; readonly caseId: string } | { readonly type: "End"; readonly caseId: string };

/** `person-<personId>`: at most one open journey. */
export const journey = defineAggregate({
  contracts: personContracts,
  decider: {
    initial: undefined as string | undefined,
    evolve: (_open: string | undefined, { type, data }) => (type === "JourneyOpened" ? data.caseId : undefined),
    decide(
      open: string | undefined,
      { type, caseId }: JourneyCommand,
    ): Decision<FactOf<typeof personContracts>, RefusalOf<"already-done" | "taken">> {
      if (type === "End" && open !== caseId) return refuse("already-done");
      if (type === "End")
        return accept({ type: "JourneyEnded" as const, data: { caseId, cause: "given-up" as const } });
      return open === undefined ? accept({ type: "JourneyOpened" as const, data: { caseId } }) : refuse("taken");
    },
  },
  ofCase: false,
});

/** `policy-<id>`: of a case, in a stream that is not named after it. */
export const cancelling = defineAggregate({
  contracts: policyContracts,
  decider: {
    initial: undefined,
    evolve: () => undefined,
    decide: (_state: undefined, { round }: { readonly round: string }) =>
      accept({ type: "PolicyCancelled" as const, data: { policyId: round, round, reason: "changed-mind" } }),
  },
  ofCase: true,
});

export const uuid = (): string => environment.random.uuid();

export const context = (given: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: "registrar-1726", role: "registrar", kind: "human" },
  occurredAt: "2026-02-16T09:00:00Z",
  correlationId: "test",
  requestHash: "aa",
  ...given,
});

export const executorOf = (store: EventStore) =>
  createExecutor({ store, seal: async (_contract, data) => data, environment });
export const newStore = (): EventStore => openMemoryEventStore({ environment });

export const hold = (id: string, reason: string, given: Partial<Execution<HoldCommand>> = {}) => ({
  aggregate: held,
  id,
  command: { type: "Hold" as const, reason },
  transactionId: uuid(),
  context: context(),
  header: { personId: id },
  ...given,
});

/** A log in which, before each append to a stream, `others` get a word in. */
export const withOthers = (store: EventStore, others: (stream: string) => Promise<unknown>): EventStore => ({
  ...store,
  async append(stream, expected, events) {
    await others(stream);
    return store.append(stream, expected, events);
  },
});
