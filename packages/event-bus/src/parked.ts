import {
  contractSet,
  decodeWith,
  EventParked,
  ParkedEventReleased,
  streamIdOf,
  streamName,
  type ContractSet,
  type DecodedEvent,
} from "@safar/contracts";
import type { EventStore } from "@safar/event-store";

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

/** What one request has released, as the log says: the same whenever it is read again. */
export interface Release {
  readonly released: number;
  /** Events that waited right after the last of them. */
  readonly waiting: number;
  readonly caseId?: string;
  /** Of the last one's record in the parked stream. */
  readonly revision: number;
  readonly position: bigint;
}

/** A parked stream as it was read. */
export interface ParkedStream {
  readonly id: string;
  readonly revision: number;
  readonly events: ReadonlyMap<string, ParkedEvent>;
  /** Unreleased ones, in the order in which they happened. */
  readonly waiting: readonly ParkedEvent[];
  /** By transaction. */
  readonly releases: ReadonlyMap<string, Release>;
}

const parkedEvent = (data: DecodedEvent["data"]): ParkedEvent => {
  const { eventId, reaction, stream, revision, position } = EventParked.schema.parse(data);
  return { eventId, reaction, stream, revision, position: BigInt(position), isReleased: false };
};

export const readParked = async (store: EventStore, contracts: ContractSet, id: string): Promise<ParkedStream> => {
  let revision = -1;
  const events = new Map<string, ParkedEvent>();
  const releases = new Map<string, Release>();
  let left = 0;
  for await (const stored of store.readStream(streamName(contracts.category, id))) {
    const { type, data, meta } = decodeWith(contracts, stored);
    revision = stored.revision;
    const eventId = String(data["eventId"]);
    const known = events.get(eventId);
    left += type === EventParked.type ? 1 : -1;
    if (type === EventParked.type) events.set(eventId, parkedEvent(data));
    else if (known) events.set(eventId, { ...known, isReleased: true });
    if (type === ParkedEventReleased.type)
      releases.set(meta.transactionId, {
        released: (releases.get(meta.transactionId)?.released ?? 0) + 1,
        waiting: left,
        ...(meta.caseId === undefined ? {} : { caseId: meta.caseId }),
        revision,
        position: stored.position,
      });
  }
  const waiting = [...events.values()]
    .filter((event) => !event.isReleased)
    .sort((left, right) => (left.position < right.position ? -1 : 1));
  return { id, revision, events, waiting, releases };
};
