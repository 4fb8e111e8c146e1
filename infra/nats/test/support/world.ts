import { contractSet, decoderOf, event, type Metadata } from "@safar/contracts";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { randomUUID } from "node:crypto";
import { z } from "zod";

/** A log with one kind of event, and waiting for what comes about. */

const JourneyMoved = event("JourneyMoved", z.strictObject({ to: z.string() })).published();
export const decoder = decoderOf([
  contractSet({ category: "journey", service: "registration", subject: "case", contracts: [JourneyMoved] }),
]);
export const environment = realEnvironment();
export const openLog = (): EventStore => openMemoryEventStore({ environment });

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const move = async (store: EventStore, caseId: string, ...moves: readonly string[]): Promise<void> => {
  for (const [revision, to] of moves.entries()) {
    const metadata: Metadata = {
      schemaVersion: 1,
      service: "registration",
      caseId,
      occurredAt: "2026-02-16T09:00:00.000Z",
      actor: { id: "registrar-1726", role: "registrar", kind: "human" },
      transactionId: randomUUID(),
      correlationId: randomUUID(),
    };
    const toAppend = { id: randomUUID(), type: "JourneyMoved", data: bytesOf({ to }), metadata: bytesOf(metadata) };
    await store.append(`journey-${caseId}`, revision === 0 ? "no-stream" : revision - 1, [toAppend]);
  }
};

export const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 120_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
