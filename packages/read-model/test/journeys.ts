import {
  contractSet,
  decoderOf,
  event,
  streamName,
  type DecodedEvent,
  type Decoder,
  type Metadata,
  type StoredEvent,
} from "@safar/contracts";
import type { EventStore, EventToAppend } from "@safar/event-store";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import { z } from "zod";
import type { Projection } from "../src/index.ts";

/** A small world for tests: journeys that are opened, move and are forgotten, and courses with seats. */

const JourneyOpened = event("JourneyOpened", z.strictObject({ region: z.string() })).published();
const JourneyMoved = event("JourneyMoved", z.strictObject({ to: z.string() })).published();
const JourneyForgotten = event("JourneyForgotten", z.strictObject({})).published();
const SeatTaken = event("SeatTaken", z.strictObject({ caseId: z.string() })).published();

const journeys = contractSet({
  category: "journey",
  service: "registration",
  subject: "case",
  contracts: [JourneyOpened, JourneyMoved, JourneyForgotten],
});
const courses = contractSet({ category: "course", service: "training", subject: "course", contracts: [SeatTaken] });

export const decoder: Decoder = decoderOf([journeys, courses]);

export interface JourneyRow {
  readonly region: string;
  readonly state: string;
  readonly moves: number;
}

const journeyRow = (row: JourneyRow | undefined, { type, data }: DecodedEvent): JourneyRow | undefined => {
  if (type === "JourneyOpened") return { region: String(data["region"]), state: "open", moves: 0 };
  if (type === "JourneyForgotten") return undefined;
  return row && { ...row, state: String(data["to"]), moves: row.moves + 1 };
};

/** One row a journey. */
export const journeyList: Projection<JourneyRow> = {
  name: "journeys",
  version: 1,
  categories: ["journey"],
  keysOf: (event) => [event.stream.slice("journey-".length)],
  project: journeyRow,
  indexes: ["region", "state"],
};

export interface SeatRow {
  readonly seats: number;
}

/** One row a course and one for all courses together: an event with several keys. */
export const courseSeats: Projection<SeatRow> = {
  name: "seats",
  version: 1,
  categories: ["course"],
  keysOf: (event) => [event.stream, "all"],
  project: (row) => ({ seats: (row?.seats ?? 0) + 1 }),
};

export type Step =
  | { readonly journey: string; readonly does: "open"; readonly region: string }
  | { readonly journey: string; readonly does: "move"; readonly to: string }
  | { readonly journey: string; readonly does: "forget" }
  | { readonly course: string };

const factOf = (step: Step): { stream: string; type: string; data: object; caseId?: string } => {
  if ("course" in step)
    return { stream: streamName("course", step.course), type: "SeatTaken", data: { caseId: "any" } };
  const of = { stream: streamName("journey", step.journey), caseId: step.journey };
  if (step.does === "open") return { ...of, type: "JourneyOpened", data: { region: step.region } };
  if (step.does === "move") return { ...of, type: "JourneyMoved", data: { to: step.to } };
  return { ...of, type: "JourneyForgotten", data: {} };
};

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const metadataOf = (caseId: string | undefined): Metadata => ({
  schemaVersion: 1,
  service: "registration",
  ...(caseId !== undefined && { caseId, personId: deriveUuid(SAFAR_NAMESPACE, caseId) }),
  unit: "1726",
  region: "1726",
  occurredAt: "2026-02-16T09:00:00.000Z",
  actor: { id: "registrar-1726", role: "registrar", orgUnit: "1726", kind: "human", channel: "branch" },
  transactionId: "5f0c1f9e-52d4-4d2b-9a1e-6f5b0e8d7a34",
  requestHash: "0".repeat(64),
  correlationId: "5f0c1f9e-52d4-4d2b-9a1e-6f5b0e8d7a34",
});

/** An event as it goes into the log; its id follows from where it will stand. */
export const toAppend = (step: Step, revision: number): EventToAppend & { readonly stream: string } => {
  const { stream, type, data, caseId } = factOf(step);
  return {
    stream,
    id: deriveUuid(SAFAR_NAMESPACE, stream, String(revision)),
    type,
    data: bytesOf(data),
    metadata: bytesOf(metadataOf(caseId)),
  };
};

/** Appends steps to a log one by one, each at the revision its stream has; gives the last position. */
export const createWriter = (store: EventStore) => {
  const revisions = new Map<string, number>();
  return async (...steps: readonly Step[]): Promise<bigint> => {
    let position = -1n;
    for (const step of steps) {
      const stream = factOf(step).stream;
      const revision = revisions.get(stream) ?? -1;
      const { stream: _, ...event } = toAppend(step, revision + 1);
      const result = await store.append(stream, revision < 0 ? "no-stream" : revision, [event]);
      revisions.set(stream, result.revision);
      position = result.position;
    }
    return position;
  };
};

/** A history that is in no log: for folding alone. */
export const decodedHistory = (...steps: readonly Step[]): DecodedEvent[] => {
  const revisions = new Map<string, number>();
  return steps.map((step, index) => {
    const stream = factOf(step).stream;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const stored: StoredEvent = { ...toAppend(step, revision), revision, position: BigInt(index), recordedAt: 0 };
    return decoder.decode(stored);
  });
};
