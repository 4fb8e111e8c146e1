import t from "tap";
import type { RecordedEvent } from "@safar/event-store";
import { registration } from "@safar/registration";
import { candidateBody, startTestNode, type TestNode } from "@safar/testing";
import { audit } from "../src/index.ts";

const parsed = (bytes: Uint8Array): Record<string, unknown> =>
  JSON.parse(Buffer.from(bytes).toString("utf8")) as Record<string, unknown>;
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const registeredIn = async ({ kit }: TestNode, caseId: string): Promise<RecordedEvent> => {
  for await (const event of kit.store.readStream(`registration-${caseId}`, { limit: 1 })) return event;
  throw new Error("no such case");
};

t.test("a value that was copied into another person's case is shown there to nobody", async (t) => {
  const node = await startTestNode(t, { services: [registration, audit] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const elsewhere = await node.as({ role: "registrar", unit: "1703" });
  const auditor = await node.as({ role: "auditor" });
  const victim = (await elsewhere.post("/registration/cases", candidateBody(1))).body.caseId as string;
  const own = (await registrar.post("/registration/cases", candidateBody(2))).body.caseId as string;
  await node.settled();

  const [theirs, mine] = [await registeredIn(node, victim), await registeredIn(node, own)];
  const { surname, givenName } = parsed(theirs.data);
  const { phone } = parsed(mine.data);
  let revision = -1;
  for await (const event of node.kit.store.readStream(`registration-${own}`)) revision = event.revision;
  const { uuid } = node.kit.environment.random;
  await node.kit.store.append(`registration-${own}`, revision, [
    {
      id: uuid(),
      type: "PersonDetailsCorrected",
      data: bytesOf({ corrects: mine.id, reason: "typing-error", surname, givenName, phone, warnings: [] }),
      // As if it were the other person's event.
      metadata: bytesOf({
        ...parsed(mine.metadata),
        schemaVersion: 1,
        transactionId: uuid(),
        personId: parsed(theirs.metadata)["personId"],
      }),
    },
  ]);
  await node.settled();

  const { surname: clear } = candidateBody(1);
  const seen = await registrar.get(`/registration/cases/${own}`);
  const history = await auditor.get(`/audit/cases/${own}/history`);
  const state = await auditor.get(`/audit/cases/${own}/state`);
  const found = await registrar.post("/registration/cases/search", { phone: candidateBody(2)["phone"] });
  for (const { status, body } of [seen, history, state, found]) {
    t.equal(status, 200);
    t.notMatch(JSON.stringify(body), String(clear));
  }
  t.equal(seen.body.data.details.phone, candidateBody(2)["phone"], "the own values are shown");
  t.ok(seen.body.redacted.includes("/data/details/surname"));
  t.match(node.kit.metrics.text(), /safar_foreign_values_total [1-9]/);
});
