import {
  EventParked,
  ParkedEventReleased,
  streamName,
  type Actor,
  type DecodedEvent,
  type Metadata,
} from "@safar/contracts";
import { WrongExpectedRevision, type EventStore, type EventToAppend } from "@safar/event-store";
import { deriveUuid, type Environment } from "@safar/kernel";
import { MAX_PARKING_CONFLICTS } from "./limits.ts";
import { parkedContractsOf, parkedIdOf, readParked, type ParkedStream } from "./parked.ts";
import { reactionTransactionId } from "./reaction.ts";

/** Somebody asks for a release: who, and under which transaction, so that a repeat finds what was done. */
export interface ReleaseRequest {
  readonly actor: Actor;
  readonly transactionId: string;
  /** ISO instant. */
  readonly occurredAt: string;
}

const utf8 = new TextEncoder();

export const createParkedStreams = (options: {
  readonly service: string;
  readonly store: EventStore;
  readonly environment: Environment;
}) => {
  const { service, store, environment } = options;
  const contracts = parkedContractsOf(service);
  const streamOf = (id: string): string => streamName(contracts.category, id);

  const read = (id: string): Promise<ParkedStream> => readParked(store, contracts, id);

  const toAppend = (cause: DecodedEvent, type: string, data: object, by: ReleaseRequest): EventToAppend => {
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
      ...by,
      causationId: cause.id,
      correlationId,
    };
    return {
      // Two requests that release one event at once are two appends: only one of them may count it as its own.
      id: deriveUuid(cause.id, stream, type, by.transactionId),
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
    const by: ReleaseRequest = {
      actor: { id: service, role: "service", kind: "system" },
      transactionId: reactionTransactionId(eventId, reaction, streamOf(to.id)),
      occurredAt: new Date(environment.clock.now()).toISOString(),
    };
    return append(to, toAppend(event, EventParked.type, data, by));
  };

  const release = (from: ParkedStream, event: DecodedEvent, by: ReleaseRequest): Promise<boolean> => {
    const data = ParkedEventReleased.schema.parse({ eventId: event.id });
    return append(from, toAppend(event, ParkedEventReleased.type, data, by));
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

  return { streamOf, read, park, release, settle };
};
