import { randomUUID } from "node:crypto";
import t from "tap";
import type { DecodedEvent, Metadata } from "@safar/contracts";
import { matches, subjectOf, durablesOf } from "../src/lifecycle/subjects.ts";
import { decoder } from "./journeys.ts";

/** What subscribers choose by, and what a durable's filter is made for. */

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

const eventIn = (stream: string, of: Partial<Metadata>): DecodedEvent => {
  const metadata: Metadata = {
    schemaVersion: 1,
    service: "registration",
    occurredAt: "2026-02-16T09:00:00.000Z",
    actor: { id: "registrar-1726", role: "registrar", kind: "human" },
    transactionId: randomUUID(),
    correlationId: randomUUID(),
    ...of,
  };
  const type = stream.startsWith("course-") ? "CourseMoved" : "JourneyMoved";
  const place = { stream, revision: 0, position: 7n, recordedAt: 0 };
  return decoder.decode({ id: randomUUID(), type, data: bytesOf({ to: "1" }), metadata: bytesOf(metadata), ...place });
};

t.test("a subject carries service, type, region, destination and partition, in this order", async (t) => {
  const whole = eventIn("journey-x", { caseId: "123456789", region: "1726", destination: "KR" });
  t.equal(subjectOf(whole), "safar.events.registration.JourneyMoved.1726.KR.6");
  const bare = eventIn("course-123456789", {});
  t.equal(subjectOf(bare), "safar.events.registration.CourseMoved._._.6", "without a case by the stream's own id");
});

t.test("one durable of a consumer takes an event, and no other", async (t) => {
  const subject = subjectOf(eventIn("journey-x", { caseId: "123456789", region: "1726" }));
  const takers = durablesOf("visa-docs-reactions").filter(({ filter }) => matches(filter, subject));
  t.match(takers, [{ name: "visa-docs-reactions-6", pending: 1 }]);
  t.equal(takers.length, 1);
});
