import t from "tap";
import { openMemoryEventStore, type EventStore, type RecordedEvent } from "@safar/event-store";
import { registration } from "@safar/registration";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode } from "@safar/testing";
import { audit } from "../src/index.ts";

const TYPE = "CvPublished";
const environment = realEnvironment();

/** A log that gives an event other figures and another actor than were recorded, from the moment it is told to. */
const alterable = (): { readonly store: EventStore; alter(): void } => {
  const store = openMemoryEventStore({ environment });
  let isAltering = false;
  const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
    Buffer.from(Buffer.from(bytes).toString("utf8").replace(from, to));
  const given = (event: RecordedEvent): RecordedEvent =>
    isAltering && event.type === TYPE
      ? {
          ...event,
          data: replaced(event.data, '"experienceYears":3', '"experienceYears":30'),
          metadata: replaced(event.metadata, "registrar-1726", "registrar-1703"),
        }
      : event;
  return {
    store: {
      ...store,
      async *readStream(stream, options) {
        for await (const event of store.readStream(stream, options)) yield given(event);
      },
    },
    alter: () => void (isAltering = true),
  };
};

t.test("an event that was altered in the log is marked wherever an auditor sees it", async (t) => {
  const log = alterable();
  const node = await startTestNode(t, { services: [registration, audit], environment, store: log.store });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const auditor = await node.as({ role: "auditor" });
  const { caseId } = (await registrar.post("/registration/cases", candidateBody(1))).body as { caseId: string };
  const cv = { isco: "7112", experienceYears: 3, languages: [], destinations: ["DE"] };
  const added = await registrar.post(`/registration/cases/${caseId}/cvs`, cv);
  t.equal(added.status, 200, JSON.stringify(added.body));
  await node.settled();
  const see = async () => ({
    history: (await auditor.get(`/audit/cases/${caseId}/history`)).body,
    state: (await auditor.get(`/audit/cases/${caseId}/state`)).body,
    events: (await auditor.get(`/audit/events?type=${TYPE}`)).body,
    access: (await auditor.get(`/audit/cases/${caseId}/access`)).body,
  });
  const before = await see();
  t.notMatch(JSON.stringify(before), "altered", "what was recorded is marked nowhere");
  t.notMatch(node.kit.metrics.text(), "safar_altered_events_total");

  log.alter();
  const { history, state, events, access } = await see();
  const { stream, revision } = before.events.items[0];
  const marked = history.items.filter(({ altered }: { altered?: true }) => altered);
  t.match(marked, [{ type: TYPE, stream, revision, data: { experienceYears: 30 } }]);
  t.equal(marked.length, 1, "and no other");
  t.same(history.altered, [{ stream, revision }], "the answer says it at its top");
  t.same(state.altered, [{ stream, revision }], "so does a state that was made with it");
  t.equal(events.items[0].altered, true);
  t.notMatch(JSON.stringify(access), "altered");
  t.match(node.kit.metrics.text(), /safar_altered_events_total [1-9]/);
  const earlier = await auditor.get(
    `/audit/cases/${caseId}/state?effectiveAt=${new Date(environment.clock.now() - 60_000).toISOString()}`,
  );
  t.notOk("altered" in earlier.body, "a state that was made without it does not");
});
