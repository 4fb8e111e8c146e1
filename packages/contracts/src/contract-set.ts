import type { EventContract } from "./event.ts";
import type { Metadata } from "./metadata.ts";

/** The contracts of one aggregate's streams, by type. */
export interface ContractSet<C extends EventContract = EventContract> {
  /** The part of the stream's name before its first dash: `visaDocs`. It has no dash itself. */
  readonly category: string;
  /** The only service that writes to these streams. */
  readonly service: string;
  /** What the id in the stream's name is: `case` for one stream a case. */
  readonly subject: string;
  readonly contracts: readonly C[];
  /** The contract of a type, if it is one of these. */
  find(type: string): C | undefined;
}

export const contractSet = <const C extends EventContract>(of: {
  readonly category: string;
  readonly service: string;
  readonly subject: string;
  readonly contracts: readonly C[];
}): ContractSet<C> => {
  const byType = new Map(of.contracts.map((contract) => [contract.type, contract]));
  return { ...of, find: (type) => byType.get(type) };
};

/** What a decision records: the type and data of a contract, and what only the decision knows of its metadata. */
export type FactOf<Set extends ContractSet> =
  Set extends ContractSet<infer C>
    ? C extends EventContract<infer Type, infer T>
      ? { readonly type: Type; readonly data: T } & FactContext
      : never
    : never;

export interface FactContext {
  /** From when it counts, where that is not when it occurred (a late fact). ISO instant. */
  readonly effectiveAt?: string;
  readonly reasonCode?: string;
  readonly evidence?: NonNullable<Metadata["evidence"]>;
  readonly consentId?: string;
}

/** A fact as it was recorded, in today's shape; personal fields are sealed. */
export type RecordedFactOf<Set extends ContractSet> = FactOf<Set> & { readonly id?: string; readonly meta: Metadata };

/** Any recorded fact, for readers that take every type. */
export interface RecordedFact {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: Metadata;
}

export const streamName = (category: string, id: string): string => `${category}-${id}`;

/** Splits at the first dash, as EventStoreDB does. */
export const categoryOf = (stream: string): string => {
  const dash = stream.indexOf("-");
  return dash < 0 ? stream : stream.slice(0, dash);
};

export const streamIdOf = (stream: string): string => stream.slice(stream.indexOf("-") + 1);

/** The type and data of one contract. */
export type FactOfContract<C> =
  C extends EventContract<infer Type, infer T> ? { readonly type: Type; readonly data: T } : never;

/** Whether a decoded event, which its contract has validated, is one of a set: its data then has that contract's shape. */
export const isFactOf = <Set extends ContractSet>(
  set: Set,
  event: RecordedFact & { readonly stream: string },
): event is RecordedFactOf<Set> & RecordedFact & { readonly stream: string } =>
  categoryOf(event.stream) === set.category && set.find(event.type) !== undefined;
