import { contractSet, decoderOf, event, streamName, type Decoder, type Metadata } from "@safar/contracts";
import type { EventStore, EventToAppend } from "@safar/event-store";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import { z } from "zod";

/** A small world for tests: a case has two streams; a course is a group's stream without a case. */

export const JourneyMoved = event("JourneyMoved", z.strictObject({ to: z.string() })).published();
export const JourneyNoted = event("JourneyNoted", z.strictObject({ to: z.string() }));
export const TrainingMoved = event("TrainingMoved", z.strictObject({ to: z.string() })).published();
/** A private event that has the name of another category's published one. */
const TrainingNoted = event("JourneyMoved", z.strictObject({ to: z.string() }));
export const CourseMoved = event("CourseMoved", z.strictObject({ to: z.string() })).published();

export const decoder: Decoder = decoderOf([
  contractSet({
    category: "journey",
    service: "registration",
    subject: "case",
    contracts: [JourneyMoved, JourneyNoted],
  }),
  contractSet({
    category: "training",
    service: "training",
    subject: "case",
    contracts: [TrainingMoved, TrainingNoted],
  }),
  contractSet({ category: "course", service: "training", subject: "course", contracts: [CourseMoved] }),
]);

/** A fact of a stream `journey-a`; those of `journey` and `training` belong to the case of that id. */
export interface Fact {
  readonly stream: string;
  readonly type?: "JourneyMoved" | "JourneyNoted" | "TrainingMoved" | "CourseMoved";
  /** Says which fact it is. */
  readonly to: string;
  /** A version that no contract knows. */
  readonly schemaVersion?: number;
}

const TYPES: Readonly<Record<string, string>> = {
  journey: "JourneyMoved",
  training: "TrainingMoved",
  course: "CourseMoved",
};

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const metadataOf = (category: string, id: string, schemaVersion: number): Metadata => ({
  schemaVersion,
  service: category === "journey" ? "registration" : "training",
  ...(category !== "course" && { caseId: id }),
  region: "1726",
  occurredAt: "2026-02-16T09:00:00.000Z",
  actor: { id: "registrar-1726", role: "registrar", kind: "human" },
  transactionId: deriveUuid(SAFAR_NAMESPACE, "transaction"),
  correlationId: deriveUuid(SAFAR_NAMESPACE, "correlation"),
});

const toAppend = ({ stream, type, to, schemaVersion = 1 }: Fact, revision: number): EventToAppend => {
  const [category = "", id = ""] = stream.split("-");
  return {
    id: deriveUuid(SAFAR_NAMESPACE, stream, String(revision)),
    type: type ?? TYPES[category] ?? "",
    data: bytesOf({ to }),
    metadata: bytesOf(metadataOf(category, id, schemaVersion)),
  };
};

export type Writer = (...facts: readonly Fact[]) => Promise<bigint>;

/** Appends facts one by one; gives the position of the last. */
export const createWriter = (store: EventStore): Writer => {
  const revisions = new Map<string, number>();
  return async (...facts) => {
    let position = -1n;
    for (const fact of facts) {
      const revision = revisions.get(fact.stream) ?? -1;
      const event = toAppend(fact, revision + 1);
      const result = await store.append(fact.stream, revision < 0 ? "no-stream" : revision, [event]);
      revisions.set(fact.stream, result.revision);
      position = result.position;
    }
    return position;
  };
};

export const journey = (caseId: string, ...moves: readonly string[]): Fact[] =>
  moves.map((to) => ({ stream: streamName("journey", caseId), to }));
