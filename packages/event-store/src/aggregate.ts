import type { ContractSet, FactOf, RecordedFactOf } from "@safar/contracts";
import type { Decider, RefusalOf } from "@safar/kernel";

/** A decider with the contracts of its streams: all that `execute` needs to know of a domain. */
export interface Aggregate<State, Command, Set extends ContractSet, Refusal extends RefusalOf<string>> {
  readonly contracts: Set;
  readonly decider: Decider<State, Command, FactOf<Set>, RecordedFactOf<Set>, Refusal>;
  /** True where each stream belongs to one case, so that its events carry the case's id, person, unit and region. */
  readonly ofCase: boolean;
}

/**
 * Any aggregate, for code that only passes it on.
 * Its commands are `never` because only the aggregate's own command type may be given to it.
 */
export type AnyAggregate = Omit<
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a decider both takes and gives its types
  Aggregate<any, any, any, any>,
  "contracts"
> & { readonly contracts: ContractSet };

export const defineAggregate = <State, Command, const Set extends ContractSet, Refusal extends RefusalOf<string>>(
  aggregate: Aggregate<State, Command, Set, Refusal>,
): Aggregate<State, Command, Set, Refusal> => aggregate;

export type CommandOf<A> = A extends Aggregate<infer _S, infer Command, infer _C, infer _R> ? Command : never;
export type StateOf<A> = A extends Aggregate<infer State, infer _C, infer _S, infer _R> ? State : never;
export type RefusalOfAggregate<A> = A extends Aggregate<infer _S, infer _C, infer _E, infer Refusal> ? Refusal : never;
