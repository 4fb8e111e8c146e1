import type { Metadata } from "@safar/contracts";
import { fold, type Decision } from "@safar/kernel";
import type { AnyAggregate } from "@safar/event-store";

/** Given facts, when a command, then facts or a refusal: the same words at every height. */

export const id = (n: number): string => `0190f3c2-7b1a-4c3d-8e2f-${String(n).padStart(12, "0")}`;

/** What happened, and who did it. */
export interface Happened {
  readonly type: string;
  readonly data: object;
  readonly by?: string;
}

export const metaOf = (by: string): Metadata => ({
  schemaVersion: 1,
  service: "selection",
  occurredAt: "2026-02-16T09:00:00Z",
  actor: { id: by, role: "selector", kind: "human" },
  transactionId: id(999),
  correlationId: "test",
});

export const recorded = ({ type, data, by = "somebody" }: Happened) => ({ type, data, meta: metaOf(by) });

export interface Then {
  /** Types of the facts, in order; a refusal's code with a `!`. */
  readonly outcome: readonly string[];
  readonly facts: readonly { readonly type: string; readonly data: Record<string, unknown> }[];
}

const thenOf = (decision: Decision<Then["facts"][number], { readonly code: string }>): Then =>
  decision.accepted
    ? { outcome: decision.facts.map(({ type }) => type), facts: decision.facts }
    : { outcome: [`${decision.refusal.code}!`], facts: [] };

export const stateAfter = <State>(aggregate: AnyAggregate, history: readonly Happened[]): State =>
  fold(aggregate.decider.evolve, aggregate.decider.initial, history.map(recorded)) as State;

export const given =
  (aggregate: AnyAggregate, ...history: readonly Happened[]) =>
  (command: object): Then =>
    thenOf(aggregate.decider.decide(stateAfter(aggregate, history), command) as never);
