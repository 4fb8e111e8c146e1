import {
  contractSet,
  decodeWith,
  EventParked,
  ParkedEventReleased,
  streamIdOf,
  streamName,
  type ContractSet,
  type DecodedEvent,
  type Metadata,
} from "@safar/contracts";
import { WrongExpectedRevision, type EventStore, type EventToAppend } from "@safar/event-store";
import { deriveUuid, type Environment } from "@safar/kernel";
import { MAX_PARKING_CONFLICTS } from "./limits.ts";
import { reactionTransactionId } from "./reaction.ts";

/**
 * The streams of events that a service could not take: one a case, `visaDocsParked-<caseId>`. Both parking and
 * releasing append at the revision that was read, so a release and a later event's parking never pass each other.
 */

/** `visa-docs` -> `visaDocsParked`. */
export const parkedCategoryOf = (service: string): string =>
  `${service.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}Parked`;

/** The case's id, or without a case the id in the stream's name. */
export const parkedIdOf = (event: DecodedEvent): string => event.meta.caseId ?? streamIdOf(event.stream);

/** For those who read parked streams: private, never relayed. */
export const parkedContractsOf = (service: string): ContractSet =>
  contractSet({
    category: parkedCategoryOf(service),
    service,
    subject: "case",
    contracts: [EventParked, ParkedEventReleased],
  });

/** An event that waits, or waited. */
export interface ParkedEvent {
  readonly eventId: string;
  readonly reaction: string;
  readonly stream: string;
  readonly revision: number;
  /** Of the event itself in the log. */
  readonly position: bigint;
  readonly isReleased: boolean;
}

/** A parked stream as it was read. */
export interface ParkedStream {
  readonly id: string;
  readonly revision: number;
  readonly events: ReadonlyMap<string, ParkedEvent>;
  /** Unreleased ones, in the order in which they happened. */
  readonly waiting: readonly ParkedEvent[];
}

const parkedEvent = (data: DecodedEvent["data"]): ParkedEvent => {
  const { eventId, reaction, stream, revision, position } = EventParked.schema.parse(data);
  return { eventId, reaction, stream, revision, position: BigInt(position), isReleased: false };
};

const utf8 = new TextEncoder();

export const createParkedStreams = (options: {
  readonly service: string;
  readonly store: EventStore;
  readonly environment: Environment;
}) => {
  const { service, store, environment } = options;
  const contracts = parkedContractsOf(service);
  const streamOf = (id: string): string => streamName(contracts.category, id);

  const read = async (id: string): Promise<ParkedStream> => {
    let revision = -1;
    const events = new Map<string, ParkedEvent>();
    for await (const stored of store.readStream(streamOf(id))) {
      const { type, data } = decodeWith(contracts, stored);
      revision = stored.revision;
      const eventId = String(data["eventId"]);
      const known = events.get(eventId);
      if (type === EventParked.type) events.set(eventId, parkedEvent(data));
      else if (known) events.set(eventId, { ...known, isReleased: true });
    }
    const waiting = [...events.values()]
      .filter((event) => !event.isReleased)
      .sort((left, right) => (left.position < right.position ? -1 : 1));
    return { id, revision, events, waiting };
  };

  const toAppend = (cause: DecodedEvent, type: string, reaction: string, data: object): EventToAppend => {
    const stream = streamOf(parkedIdOf(cause));
    const { caseId, personId, unit, agency, region, destination, correlationId } = cause.meta;
    const meta: Metadata = {
      schemaVersion: 1,
      service,
      caseId,
      personId,
      unit,
      agency,
      region,
      destination,
      occurredAt: new Date(environment.clock.now()).toISOString(),
      actor: { id: service, role: "service", kind: "system" },
      transactionId: reactionTransactionId(cause.id, reaction, stream),
      causationId: cause.id,
      correlationId,
    };
    return {
      id: deriveUuid(cause.id, stream, type),
      type,
      data: utf8.encode(JSON.stringify(data)),
      metadata: utf8.encode(JSON.stringify(meta)),
    };
  };

  /** False when somebody else appended since it was read: read again, then judge again. */
  const append = async (to: ParkedStream, event: EventToAppend): Promise<boolean> => {
    try {
      await store.append(streamOf(to.id), to.revision < 0 ? "no-stream" : to.revision, [event]);
      return true;
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return false;
      throw error;
    }
  };

  const park = (to: ParkedStream, event: DecodedEvent, reaction: string, reason: string): Promise<boolean> => {
    const { id: eventId, stream, revision, position } = event;
    const data = EventParked.schema.parse({
      reaction,
      eventId,
      stream,
      revision,
      position: position.toString(),
      reason,
    });
    return append(to, toAppend(event, EventParked.type, reaction, data));
  };

  const release = (from: ParkedStream, event: DecodedEvent, reaction: string): Promise<boolean> => {
    const data = ParkedEventReleased.schema.parse({ eventId: event.id });
    return append(from, toAppend(event, ParkedEventReleased.type, reaction, data));
  };

  /**
   * Reads the stream and decides on it, again and again while others append in between.
   * @param decide what to do on what was read; false: it lost a race
   */
  const settle = async (id: string, decide: (parked: ParkedStream) => Promise<boolean>): Promise<void> => {
    for (let conflicts = 0; conflicts <= MAX_PARKING_CONFLICTS; conflicts += 1)
      if (await decide(await read(id))) return;
    throw new Error(`${streamOf(id)} was appended to ${MAX_PARKING_CONFLICTS} times meanwhile`);
  };

  /** Ids of every case with waiting events, and how many. Reads all parked streams of the service. */
  const list = async (): Promise<readonly { readonly id: string; readonly waiting: number }[]> => {
    const waiting = new Map<string, Set<string>>();
    for await (const stored of store.readAll({ filter: { categories: [contracts.category] } })) {
      const { type, data } = decodeWith(contracts, stored);
      const id = streamIdOf(stored.stream);
      const events = waiting.get(id) ?? new Set();
      if (type === EventParked.type) events.add(String(data["eventId"]));
      else events.delete(String(data["eventId"]));
      if (events.size > 0) waiting.set(id, events);
      else waiting.delete(id);
    }
    return [...waiting].map(([id, events]) => ({ id, waiting: events.size }));
  };

  return { streamOf, read, park, release, settle, list };
};
