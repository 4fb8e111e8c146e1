import t from "tap";
import { registration } from "@safar/registration";
import { candidateBody, startTestNode, type Client } from "@safar/testing";
import { insuranceCompensation } from "../src/index.ts";
import { openDoors } from "./support/doors.ts";
import { placementConfirmed, recordOnCase } from "./support/elsewhere.ts";

t.test(
  "money is decided by benefits officers and cover by insurers, each refusal naming the role it needs",
  async (t) => {
    const node = await startTestNode(t, { services: [registration, insuranceCompensation] });
    const id = "0190f3c2-7b1a-4c3d-8e2f-000000000001";
    const insurer = await node.as({ role: "insurer" });
    const officer = await node.as({ role: "benefits-officer" });
    for (const noun of ["checks", "approvals", "payment-orders"]) {
      const refused = await insurer.post(`/insurance-compensation/benefits/${id}/${noun}`, {});
      t.match(refused, { status: 403, body: { code: "role-not-allowed", detail: /benefits officer/ } });
    }
    const body = { validFrom: "2026-01-01", validUntil: "2027-01-01" };
    const refused = await officer.post(`/insurance-compensation/policies/${id}/activations`, body);
    t.match(refused, { status: 403, body: { code: "role-not-allowed", detail: /insurer/ } });
  },
);

t.test("a candidate lists the own case's benefits and nobody else's", async (t) => {
  const node = await startTestNode(t, { services: [registration, insuranceCompensation] });
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  const { caseId } = (await registrar.post("/registration/cases", candidateBody(1))).body;
  const own = await node.as({ role: "candidate", caseId, subject: "own" });
  const other = "0190f3c2-7b1a-4c3d-8e2f-000000000009";
  t.equal((await own.get(`/insurance-compensation/cases/${caseId}`)).status, 200);
  t.same((await own.get(`/insurance-compensation/cases/${other}`)).body.items, []);
});

t.test("what a case has, of whatever kind, is paged through as one list, newest first", async (t) => {
  const { node, newCase, newQuote, shown } = await openDoors(t);
  const caseId = await newCase();
  const newPlacement = async () => {
    await recordOnCase(node.kit, "placement", { caseId, destination: "DE" }, placementConfirmed(caseId));
    await node.settled();
  };
  for (const begin of [newQuote, newPlacement, newQuote, newQuote]) await begin(caseId);
  const list = `/cases/${caseId}?limit=`;
  const { items: all, next: more } = await shown(`${list}500`);
  const kinds = all.map(({ kind }: { kind: string }) => kind);
  t.same([kinds[0], kinds.at(-1), new Set(kinds).size, more], ["policy", "policy", 2, undefined]);
  for (let limit = 1; limit <= all.length; limit += 1) {
    const found: unknown[] = [];
    for (let next: string | undefined = ""; next !== undefined;) {
      const page: { items: unknown[]; next?: string } = await shown(`${list}${limit}${next && `&cursor=${next}`}`);
      found.push(...page.items);
      ({ next } = page);
    }
    t.same(found, all, `${limit} to a page`);
  }
});

t.test("of what a case has, each role is shown the kinds that it may list", async (t) => {
  const { node, newCase, newQuote, insurer, officer } = await openDoors(t);
  const caseId = await newCase();
  await newQuote(caseId);
  await recordOnCase(node.kit, "placement", { caseId, destination: "DE" }, placementConfirmed(caseId));
  await node.settled();
  const kindsFor = async (client: Client): Promise<unknown[]> => {
    const { body } = await client.get(`/insurance-compensation/cases/${caseId}`);
    return [...new Set(body.items.map(({ kind }: { kind: string }) => kind))].sort();
  };
  t.same(await kindsFor(officer), ["benefit", "policy"]);
  t.same(await kindsFor(insurer), ["policy"]);
  const trainer = await node.as({ role: "trainer" });
  t.match(await trainer.get(`/insurance-compensation/cases/${caseId}`), {
    status: 403,
    body: { code: "role-not-allowed" },
  });
});
