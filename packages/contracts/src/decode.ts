import { categoryOf, type ContractSet, type RecordedFact } from "./contract-set.ts";
import type { EventContract } from "./event.ts";
import { KIT_EVENTS } from "./kit.ts";
import { metadataSchema } from "./metadata.ts";

/** What the log gives, as far as reading it needs. */
export interface StoredEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** A recorded event in today's shape: validated, upcast, personal fields sealed. */
export interface DecodedEvent extends RecordedFact {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly recordedAt: number;
}

/** The log holds an event that no contract describes. */
export class UnknownEvent extends Error {
  override readonly name = "UnknownEvent";
}

const text = new TextDecoder("utf-8", { fatal: true });

/** The contract of a type in a set, the kit's own events included. */
export const contractOf = (contracts: ContractSet, type: string): EventContract | undefined =>
  contracts.find(type) ?? KIT_EVENTS.find((contract) => contract.type === type);

/** Validates and upcasts one stored event. @throws UnknownEvent, UnknownVersion, z.ZodError */
export const decodeWith = (contracts: ContractSet, stored: StoredEvent): DecodedEvent => {
  const contract = contractOf(contracts, stored.type);
  if (!contract) throw new UnknownEvent(`${stored.stream} holds ${stored.type}, which no contract describes`);
  const meta = metadataSchema.parse(JSON.parse(text.decode(stored.metadata)));
  return {
    id: stored.id,
    type: stored.type,
    stream: stored.stream,
    revision: stored.revision,
    position: stored.position,
    recordedAt: stored.recordedAt,
    data: contract.read(JSON.parse(text.decode(stored.data)), meta.schemaVersion) as DecodedEvent["data"],
    meta,
  };
};

/** Reads any event of the given sets. */
export interface Decoder {
  /** Every category that the sets describe. */
  readonly categories: readonly string[];
  contractOf(stored: { readonly stream: string; readonly type: string }): EventContract | undefined;
  decode(stored: StoredEvent): DecodedEvent;
}

export const decoderOf = (sets: readonly ContractSet[]): Decoder => {
  const byCategory = new Map(sets.map((set) => [set.category, set]));
  const setOf = (stream: string): ContractSet => {
    const set = byCategory.get(categoryOf(stream));
    if (!set) throw new UnknownEvent(`${stream} is of no known category`);
    return set;
  };
  return {
    categories: [...byCategory.keys()],
    contractOf: ({ stream, type }) => {
      const set = byCategory.get(categoryOf(stream));
      return set && contractOf(set, type);
    },
    decode: (stored) => decodeWith(setOf(stored.stream), stored),
  };
};
