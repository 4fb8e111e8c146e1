import { KIT_EVENTS, streamIdOf, type DecodedEvent } from "@safar/contracts";
import type { Projection } from "@safar/read-model";
import type { AggregateRoom } from "../service/define-service.ts";

/** The present state of one stream, as queries read it. Personal values in `state` are sealed. */
export interface AggregateRow {
  readonly id: string;
  readonly status: string;
  readonly revision: number;
  readonly position: string;
  /** ISO instant of the last event. */
  readonly changedAt: string;
  readonly caseId?: string;
  readonly personId?: string;
  readonly unit?: string;
  readonly agency?: string;
  readonly region?: string;
  readonly destination?: string;
  readonly employerId?: string;
  readonly state: unknown;
}

const KIT_TYPES: ReadonlySet<string> = new Set(KIT_EVENTS.map(({ type }) => type));

const project = (room: AggregateRoom, row: AggregateRow | undefined, event: DecodedEvent): AggregateRow | undefined => {
  const { decider } = room.aggregate;
  const isKit = KIT_TYPES.has(event.type);
  // A stream that holds only the kit's events is nothing yet.
  if (isKit && !row) return undefined;
  const before: unknown = row ? row.state : decider.initial;
  const state: unknown = isKit ? before : decider.evolve(before, event);
  const { caseId, personId, unit, agency, region, destination } = event.meta;
  const header = { caseId, personId, unit, agency, region, destination };
  const given = Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined));
  const employerId = room.employerOf?.(state as never);
  return {
    ...row,
    ...given,
    ...(employerId === undefined ? {} : { employerId }),
    id: streamIdOf(event.stream),
    status: room.status(state as never),
    revision: event.revision,
    position: String(event.position),
    changedAt: new Date(event.recordedAt).toISOString(),
    state,
  };
};

/** One table an aggregate: its rows are the fold of its streams by the domain's own `evolve`. */
export const aggregateView = (room: AggregateRoom): Projection<AggregateRow> => {
  const { category } = room.aggregate.contracts as { category: string };
  return {
    name: category,
    version: 2,
    categories: [category],
    keysOf: (event) => [streamIdOf(event.stream)],
    project: (row, event) => project(room, row, event),
    indexes: ["caseId", "personId", "unit", "agency", "region", "destination", "employerId", "status"],
  };
};

/** Names the table of an aggregate's present states to a read model, for a service's own queries and reactions. */
export const viewOf = (aggregate: AggregateRoom["aggregate"]): Projection<AggregateRow> =>
  aggregateView({ aggregate, status: () => "" });
