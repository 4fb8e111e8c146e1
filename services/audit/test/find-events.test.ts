import t from "tap";
import { registrationContracts } from "@safar/contracts";
import { openMemoryEventStore, type EventStore, type RecordedEvent } from "@safar/event-store";
import { registration } from "@safar/registration";
import { realEnvironment } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, startTestNode } from "@safar/testing";
import { audit } from "../src/index.ts";

const environment = realEnvironment();
const BEGIN = Date.parse("2026-02-16T00:00:00Z");
const SECOND_MS = 1_000;
/** More than are looked at in one go. */
const CASES = 620;

/** One event a second; each hundred by another server of the log, of which every other one is five minutes behind. */
const recordedAt = (position: number): number =>
  BEGIN + (position - (Math.floor(position / 100) % 2 === 0 ? 0 : 300)) * SECOND_MS;

const withTimes = (store: EventStore): EventStore => {
  const timed = (event: RecordedEvent): RecordedEvent => ({ ...event, recordedAt: recordedAt(Number(event.position)) });
  return {
    ...store,
    async *readStream(stream, options) {
      for await (const event of store.readStream(stream, options)) yield timed(event);
    },
    async *subscribe(options) {
      for await (const message of store.subscribe(options))
        yield message.kind === "events" ? { ...message, events: message.events.map(timed) } : message;
    },
  };
};

t.test("events are found by their times, page by page, though one server's clock is behind another's", async (t) => {
  const store = withTimes(openMemoryEventStore({ environment }));
  const node = await startTestNode(t, { services: [registration, audit], environment, store });
  const { uuid } = environment.random;
  for (let each = 1; each <= CASES; each += 1) {
    const caseId = uuid();
    const header = { caseId, personId: uuid(), unit: "1726", region: "1726" };
    await recordElsewhere(node.kit, registrationContracts, caseId, header, candidateRegistered(each));
  }
  await node.settled();
  const auditor = await node.as({ role: "auditor" });
  const at = (seconds: number): string => new Date(BEGIN + seconds * SECOND_MS).toISOString();
  const positions = Array.from({ length: CASES }, (_, index) => CASES - 1 - index);
  for (const { from, to, limit } of [
    { from: 0, to: CASES, limit: 200 },
    { from: 590, to: CASES, limit: 200 },
    { from: 590, to: CASES, limit: 1 },
    { from: 90, to: 110, limit: 7 },
    { from: 0, to: 0, limit: 1 },
    { from: -400, to: -1, limit: 50 },
    { from: CASES, to: 2 * CASES, limit: 50 },
  ]) {
    const found: number[] = [];
    let cursor = "";
    do {
      const { status, body } = await auditor.get(
        `/audit/events?type=CandidateRegistered&from=${at(from)}&to=${at(to)}&limit=${limit}${cursor}`,
      );
      if (status !== 200) throw new Error(JSON.stringify(body));
      t.ok(body.items.length <= limit);
      found.push(...body.items.map(({ position }: { position: string }) => Number(position)));
      cursor = body.next === undefined ? "" : `&cursor=${body.next}`;
    } while (cursor !== "");
    const within = positions.filter(
      (position) => recordedAt(position) >= BEGIN + from * SECOND_MS && recordedAt(position) <= BEGIN + to * SECOND_MS,
    );
    t.strictSame(found, within, `from ${from} to ${to}, ${limit} a page`);
  }
});
