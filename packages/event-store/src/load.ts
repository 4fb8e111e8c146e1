import { decodeWith, KIT_EVENTS, streamName, type DecodedEvent, type Metadata } from "@safar/contracts";
import type { AnyAggregate } from "./aggregate.ts";
import type { EventStore, Position, Revision } from "./port.ts";

/** What one transaction left in a stream; its first answer is made again from it. */
export interface PastTransaction {
  readonly firstRevision: Revision;
  readonly revision: Revision;
  readonly position: Position;
  readonly requestHash: string | undefined;
  /** Its second half was given up (`ReservationGivenUp`) and can never be recorded. */
  readonly lapsed: boolean;
}

/** Metadata that a stream's later events copy from its earlier ones. */
export type Header = Pick<Metadata, "caseId" | "personId" | "unit" | "agency" | "region" | "destination">;

/** A stream as a decision needs it. Personal fields in the state are sealed. */
export interface LoadedStream<State> {
  readonly stream: string;
  readonly state: State;
  /** -1 when there is no event. */
  readonly revision: Revision;
  /** Of the last event; -1n when there is none. */
  readonly position: Position;
  readonly transactions: ReadonlyMap<string, PastTransaction>;
  readonly header: Header;
  /** Whether any event is the service's own: a stream that holds only the kit's events is no case. */
  readonly exists: boolean;
}

const KIT_TYPES: ReadonlySet<string> = new Set(KIT_EVENTS.map((contract) => contract.type));

const headerAfter = (header: Header, meta: Metadata): Header => ({
  caseId: meta.caseId ?? header.caseId,
  personId: meta.personId ?? header.personId,
  unit: meta.unit ?? header.unit,
  agency: meta.agency ?? header.agency,
  region: meta.region ?? header.region,
  destination: meta.destination ?? header.destination,
});

const withEvent = (aggregate: AnyAggregate, loaded: LoadedStream<unknown>, event: DecodedEvent) => {
  const { meta } = event;
  const isKit = KIT_TYPES.has(event.type);
  const earlier = loaded.transactions.get(meta.transactionId);
  (loaded.transactions as Map<string, PastTransaction>).set(meta.transactionId, {
    firstRevision: earlier?.firstRevision ?? event.revision,
    revision: event.revision,
    position: event.position,
    requestHash: meta.requestHash,
    lapsed: event.type === "ReservationGivenUp",
  });
  return {
    stream: loaded.stream,
    state: isKit ? loaded.state : (aggregate.decider.evolve(loaded.state, event) as unknown),
    revision: event.revision,
    position: event.position,
    transactions: loaded.transactions,
    header: headerAfter(loaded.header, meta),
    exists: loaded.exists || !isKit,
  };
};

/** Streams whose state is kept in memory; the least recently used go first. Some 5 KB each. */
const MAX_CACHED_STREAMS = 4_000;

/** Loads streams of aggregates, each event validated and upcast; keeps states by revision and reads only what is new. */
export const createLoader = (store: EventStore) => {
  const cache = new Map<string, LoadedStream<unknown>>();
  const numbers = new WeakMap<AnyAggregate, number>();
  let aggregates = 0;

  /** Two aggregates may fold one stream to different states: its owner's, and what a reader needs of it. */
  const keyOf = (aggregate: AnyAggregate, stream: string): string => {
    const number = numbers.get(aggregate) ?? aggregates++;
    numbers.set(aggregate, number);
    return `${number} ${stream}`;
  };

  const remember = (key: string, loaded: LoadedStream<unknown>): void => {
    cache.delete(key);
    cache.set(key, loaded);
    const [oldest] = cache.keys();
    if (cache.size > MAX_CACHED_STREAMS && oldest !== undefined) cache.delete(oldest);
  };

  return {
    load: async <State>(aggregate: AnyAggregate, id: string): Promise<LoadedStream<State>> => {
      const stream = streamName(aggregate.contracts.category, id);
      const key = keyOf(aggregate, stream);
      const cached = cache.get(key);
      // A copy of the map, so that two loads under way at once never share one that is half filled.
      let loaded: LoadedStream<unknown> = cached
        ? { ...cached, transactions: new Map(cached.transactions) }
        : {
            stream,
            state: aggregate.decider.initial as unknown,
            revision: -1,
            position: -1n,
            transactions: new Map(),
            header: aggregate.contracts.subject === "case" ? { caseId: id } : {},
            exists: false,
          };
      const before = loaded.revision;
      for await (const stored of store.readStream(stream, { from: loaded.revision + 1 }))
        loaded = withEvent(aggregate, loaded, decodeWith(aggregate.contracts, stored));
      if (loaded.revision > before) remember(key, loaded);
      return loaded as LoadedStream<State>;
    },
  };
};
export type Loader = ReturnType<typeof createLoader>;
