import type { Projection } from "@safar/read-model";
import { SERVICE_CATEGORIES } from "./case-streams.ts";

/** Where an event stands, and what auditors look events up by. */
export interface EventRow {
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly actor: string;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

/** One row an event. */
export const events: Projection<EventRow> = {
  name: "events",
  version: 1,
  categories: SERVICE_CATEGORIES,
  keysOf: (event) => [event.id],
  project: (_row, { stream, revision, type, meta, recordedAt }) => ({
    stream,
    revision,
    type,
    actor: meta.actor.id,
    region: meta.region ?? "",
    recordedAt,
  }),
  indexes: ["type", "actor", "region"],
};
