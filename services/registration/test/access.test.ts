import t from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode } from "@safar/testing";
import { registration } from "../src/index.ts";

t.test("a registrar reaches the cases of the own unit and no other's", async (t) => {
  const node = await startTestNode(t, { services: [registration] });
  const own = await node.as({ role: "registrar", unit: "1726" });
  const other = await node.as({ role: "registrar", unit: "1703" });
  const { caseId, position } = (await own.post("/registration/cases", candidateBody(1))).body;
  const path = `/registration/cases/${caseId}`;
  t.equal((await own.get(`${path}?minPosition=${position}`)).status, 200);
  t.match(await other.get(`${path}?minPosition=${position}`), { status: 403, body: { code: "out-of-scope" } });
  t.match(await other.post(`${path}/suspensions`, { reason: "check" }), {
    status: 403,
    body: { code: "out-of-scope" },
  });
  t.same((await other.get("/registration/cases")).body.items, []);
});

t.test("an agency reaches its own candidates, a candidate the own case", async (t) => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const body = candidateBody(1, { channel: "agency", agencyLicence: "XBA-0047" });
  const { caseId, position } = (await registrar.post("/registration/cases", body)).body;
  const path = `/registration/cases/${caseId}?minPosition=${position}`;
  t.equal((await (await node.as({ role: "agency", unit: "XBA-0047" })).get(path)).status, 200);
  t.equal((await (await node.as({ role: "agency", unit: "XBA-0001" })).get(path)).status, 403);
  t.equal((await (await node.as({ role: "candidate", caseId, subject: "own" })).get(path)).status, 200);
  const stranger = await node.as({
    role: "candidate",
    caseId: "0190f3c2-7b1a-4c3d-8e2f-000000000009",
    subject: "other",
  });
  t.equal((await stranger.get(path)).status, 403);
});

t.test("who may not see personal data gets the case without it, and is told what is missing", async (t) => {
  const node = await startTestNode(t, { services: [registration] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const { caseId, position } = (await registrar.post("/registration/cases", candidateBody(1))).body;
  const seen = (await (await node.as({ role: "trainer" })).get(`/registration/cases/${caseId}?minPosition=${position}`))
    .body;
  t.equal(seen.data.details.surname, undefined);
  t.ok(seen.redacted.includes("/data/details/surname"));
});

t.test("many who read one case at once are each answered, and each is on record", async (t) => {
  const environment = realEnvironment();
  const memory = openMemoryEventStore({ environment });
  // A log on a disk takes a while for an append, and meanwhile everybody else has read the same revision.
  const store: EventStore = {
    ...memory,
    async append(...given) {
      await environment.timers.sleep(5);
      return memory.append(...given);
    },
  };
  const node = await startTestNode(t, { services: [registration], store });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const { caseId, position } = (await registrar.post("/registration/cases", candidateBody(1))).body;
  const READERS = 200;
  const read = async () => (await registrar.get(`/registration/cases/${caseId}?minPosition=${position}`)).status;
  const statuses = await Promise.all(Array.from({ length: READERS }, read));
  t.same([...new Set(statuses)], [200]);
  let records = 0;
  for await (const { type } of store.readStream(`access-${caseId}`)) records += Number(type === "PersonalDataRead");
  t.equal(records, READERS);
});
