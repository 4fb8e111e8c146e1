import { submissionContracts, visaDocsContracts } from "@safar/contracts";
import { recordElsewhere } from "@safar/testing";
import t from "tap";
import { done, openDoors } from "./support/doors.ts";
import { registration, suspended } from "./support/elsewhere.ts";

const doors = await openDoors(t);
const { node, officer } = doors;

t.test("however many ask at once, a group has no more members than places", async (t) => {
  const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 3 })).id as string;
  const caseIds: string[] = [];
  for (let n = 0; n < 8; n += 1) caseIds.push((await doors.opened()).caseId);
  const join = async (caseId: string, key: string): Promise<number> => {
    const path = `/visa-docs/submissions/${id}/cases/${caseId}/members`;
    for (;;) {
      const { status } = await officer.post(path, {}, { key });
      if (status !== 503) return status;
    }
  };
  const statuses = await Promise.all(caseIds.map((caseId, n) => join(caseId, `join-${n}`)));
  t.equal(statuses.filter((status) => status === 200).length, 3);
  t.equal(statuses.filter((status) => status === 409).length, 5);
  const { data } = await doors.shown(`/submissions/${id}`);
  t.equal(data.caseIds.length, 3);
  const members = [];
  for (const caseId of caseIds) if ((await doors.typesOf(caseId)).includes("GroupMemberAdded")) members.push(caseId);
  t.same(new Set(members), new Set(data.caseIds), "who holds a place knows of it, and nobody else");
});

t.test("the same join sent twice at once takes one place", async (t) => {
  const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 2 })).id as string;
  const { caseId } = await doors.opened();
  const path = `/visa-docs/submissions/${id}/cases/${caseId}/members`;
  const answers = await Promise.all([1, 2, 3].map(() => officer.post(path, {}, { key: "once" })));
  t.same(
    answers.filter(({ status }) => status !== 503).map(({ status }) => status),
    answers.filter(({ status }) => status !== 503).map(() => 200),
  );
  t.same((await doors.shown(`/submissions/${id}`)).data.caseIds, [caseId]);
  t.equal((await doors.typesOf(caseId)).filter((type) => type === "GroupMemberAdded").length, 1);
});

t.test("a case that is held while it joins does not keep its place", async (t) => {
  const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 9 })).id as string;
  for (let n = 0; n < 4; n += 1) {
    const { caseId } = await doors.opened();
    await Promise.all([
      officer.post(`/visa-docs/submissions/${id}/cases/${caseId}/members`, {}),
      registration(node.kit, caseId, suspended),
    ]);
  }
  t.same((await doors.shown(`/submissions/${id}`)).data.caseIds, []);
});

t.test("two facts that each complete the stage complete it once", async (t) => {
  const caseId = await doors.collected();
  const path = `/visa-docs/cases/${caseId}`;
  const grant = { visaNumber: "TR1", validUntil: "2029-01-01" };
  const answers = await Promise.all([officer.post(`${path}/grants`, grant), officer.post(`${path}/grants`, grant)]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
  t.equal((await doors.typesOf(caseId)).filter((type) => type === "VisaStageCompleted").length, 1);
});

t.test("a case whose joining is on record only after the group was handed in still goes with it", async (t) => {
  const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 2 })).id as string;
  const caseId = await doors.collected();
  const { kit } = node;
  const reserved = { type: "SubmissionPlaceReserved", data: { caseId } };
  await recordElsewhere(kit, submissionContracts, id, { caseId }, reserved);
  done(await officer.post(`/visa-docs/submissions/${id}/dispatches`, {}));
  await node.settled();
  t.notOk((await doors.typesOf(caseId)).includes("VisaSubmitted"));
  const { data } = await doors.shown(`/cases/${caseId}`);
  const joined = { type: "GroupMemberAdded", data: { round: data.lifecycle.round, submissionId: id } };
  await recordElsewhere(kit, visaDocsContracts, caseId, { caseId }, joined);
  await node.settled();
  t.match((await doors.recorded(caseId)).at(-1), { type: "VisaSubmitted", data: { submissionId: id } });
});
