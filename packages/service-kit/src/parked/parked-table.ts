import { EventParked, ParkedEventReleased, streamIdOf, type DecodedEvent } from "@safar/contracts";
import { parkedCategoryOf } from "@safar/event-bus";
import type { Projection } from "@safar/read-model";

/** An event that waits until somebody releases it. */
export interface WaitingEvent {
  readonly eventId: string;
  /** Which reaction failed, or for one that waits behind another, which would take it. */
  readonly reaction: string;
  /** The kind of the error and the number of tries, or `behind <eventId>`: nothing that a person said. */
  readonly reason: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  /** ISO instant at which it was parked. */
  readonly since: string;
}

/** What is parked of one case, or of a stream without a case. No row: nothing waits. */
export interface ParkedRow {
  readonly id: string;
  readonly caseId?: string;
  /** In the order in which they happened: the first one holds up the others. Never empty. */
  readonly events: readonly WaitingEvent[];
}

const waitingEventOf = ({ data, recordedAt }: DecodedEvent): WaitingEvent => ({
  ...EventParked.schema.parse(data),
  since: new Date(recordedAt).toISOString(),
});

const inOrder = (events: readonly WaitingEvent[]): readonly WaitingEvent[] =>
  events.toSorted((one, other) => (BigInt(one.position) < BigInt(other.position) ? -1 : 1));

const project = (row: ParkedRow | undefined, event: DecodedEvent): ParkedRow | undefined => {
  const before = row?.events ?? [];
  const events =
    event.type === EventParked.type
      ? inOrder([...before, waitingEventOf(event)])
      : before.filter(({ eventId }) => eventId !== event.data["eventId"]);
  if (events.length === 0) return undefined;
  const { caseId } = event.meta;
  return { id: streamIdOf(event.stream), ...(caseId === undefined ? {} : { caseId }), events };
};

const TYPES: ReadonlySet<string> = new Set([EventParked.type, ParkedEventReleased.type]);

/** One table a service that reacts: what an operator has to look at. */
export const parkedTable = (service: string): Projection<ParkedRow> => ({
  name: "parked",
  version: 1,
  categories: [parkedCategoryOf(service)],
  keysOf: (event) => (TYPES.has(event.type) ? [streamIdOf(event.stream)] : []),
  project,
});
