import t from "tap";
import { done, nowhere, openDoors, pdf, PDF } from "./support/doors.ts";
import { accepted, offerOf, selection, zoneOf } from "./support/elsewhere.ts";
import { terms } from "./support/given.ts";

/** Each command once as it is meant and once as it is refused; who may send it is in access.test.ts. */

const doors = await openDoors(t);
const { officer, registrar } = doors;

t.test("an uploaded file becomes a document, and a repeat with the same key is answered the same", async (t) => {
  const caseId = await doors.newCase();
  const sha256 = await doors.upload(caseId, "a diploma");
  const path = `/visa-docs/cases/${caseId}/documents`;
  const first = await officer.post(path, { kind: "diploma", sha256 }, { key: "diploma" });
  t.equal(first.status, 200);
  t.equal(first.headers.get("etag"), '"0"');
  const again = await officer.post(path, { kind: "diploma", sha256 }, { key: "diploma" });
  t.same([again.status, again.body], [200, first.body]);
  t.equal((await officer.post(path, { kind: "diploma", sha256 })).body.code, "already-done");
  const other = await officer.post(path, { kind: "photo", sha256: "ab".repeat(32) });
  t.same([other.status, other.body.code], [409, "file-not-uploaded"]);
  t.equal((await officer.post(`/visa-docs/cases/${nowhere}/documents`, { kind: "photo", sha256 })).status, 404);
  const { data } = await doors.shown(`/cases/${caseId}`);
  t.match(data.documents, [{ documentId: first.body.id, kind: "diploma", mediaType: PDF, status: "uploaded" }]);
  t.equal(data.documents[0].size, pdf("a diploma").byteLength);
});

t.test("a passport is verified where zone and form agree", async (t) => {
  const { caseId } = await doors.opened();
  const documentId = await doors.document(caseId);
  const path = `/visa-docs/cases/${caseId}/verifications`;
  const without = await officer.post(path, { documentId });
  t.same([without.status, without.body.code], [422, "zone-missing"]);
  t.equal((await officer.post(path, { documentId, mrz: "P<UZB" })).body.code, "zone-unreadable");
  const misread = zoneOf().replace("AD1234567", "AD1234576");
  t.equal((await officer.post(path, { documentId, mrz: misread })).body.code, "zone-misread");
  const verified = await officer.post(path, { documentId, mrz: zoneOf() });
  t.equal(verified.status, 200);
  t.notOk(verified.body.warnings);
  const shown = await doors.shown(`/cases/${caseId}`);
  t.equal(shown.data.lifecycle.met.passport, documentId);
  t.equal(shown.state, "collecting");
});

t.test("a passport that contradicts the form is rejected on record, and says in which fields", async (t) => {
  const { caseId } = await doors.opened();
  const documentId = await doors.document(caseId);
  const mrz = zoneOf({ passport: "AD7654321", birthDate: "1990-04-16" });
  const answer = await officer.post(`/visa-docs/cases/${caseId}/verifications`, { documentId, mrz });
  t.equal(answer.status, 200);
  t.same(answer.body.warnings, ["contradicts-form", "contradicts-form:passport", "contradicts-form:birthDate"]);
  const rejected = (await doors.recorded(caseId)).at(-1);
  t.match(rejected, { type: "DocumentRejected", data: { check: "mrz", contradictions: ["passport", "birthDate"] } });
  t.equal(rejected?.meta.reasonCode, "contradicts-form");
  for await (const { data, metadata } of doors.node.kit.store.readStream(`visaDocs-${caseId}`))
    t.notMatch(`${Buffer.from(data).toString()}${Buffer.from(metadata).toString()}`, /AD7654321|1990-04-1/);
});

t.test("a passport that ends before the contract and the corridor's months is not taken", async (t) => {
  const caseId = await doors.newCase({ passportExpiry: "2028-06-30" });
  const { node } = doors;
  const offer = offerOf(node.kit, caseId, "TR");
  await selection(node.kit, caseId, offer, accepted(offer));
  await node.settled();
  const sha256 = await doors.upload(caseId, "contract");
  const sign = { sha256, terms, startsOn: "2026-05-01", method: "document" };
  const path = `/visa-docs/cases/${caseId}/contracts`;
  const refused = await registrar.post(path, sign, { headers: { "accept-language": "uz-Latn" } });
  t.same([refused.status, refused.body.code], [409, "passport-expires-too-soon"]);
  t.match(refused.body.detail, /2028-07-01/, "24 months and 2 after it");
  t.equal((await registrar.post(path, { ...sign, startsOn: "2026-04-01" })).status, 200);
});

t.test("an officer rejects a document for a reason", async (t) => {
  const caseId = await doors.newCase();
  const documentId = await doors.document(caseId, "photo");
  const path = `/visa-docs/cases/${caseId}/rejections`;
  t.equal((await officer.post(path, { documentId, reason: "blurred" })).status, 200);
  t.equal((await officer.post(path, { documentId, reason: "blurred" })).body.code, "already-done");
  const unknown = await officer.post(path, { documentId: nowhere, reason: "blurred" });
  t.same([unknown.status, unknown.body.code], [404, "unknown-document"]);
});

t.test("a contract is signed by the terms of the offer", async (t) => {
  const { caseId, offer } = await doors.opened();
  const path = `/visa-docs/cases/${caseId}/contracts`;
  const sha256 = await doors.upload(caseId, "contract");
  const sign = { sha256, terms, startsOn: "2027-01-01", method: "face-id" };
  const lower = { ...terms, wageMonth: { minor: 100_000, currency: "EUR" } };
  const refused = await registrar.post(path, { ...sign, terms: lower }, { headers: { "accept-language": "ru" } });
  t.same([refused.status, refused.body.code], [409, "terms-differ-from-offer"]);
  t.match(refused.body.detail, /wage/);
  t.equal((await registrar.post(path, sign)).status, 200);
  const signed = (await doors.recorded(caseId)).find(({ type }) => type === "ContractSigned");
  const { applicationId: round, employerId, contractMonths } = offer;
  t.match(signed?.data, { round, sha256, terms, employerId, contractMonths, startsOn: "2027-01-01" });
});

t.test("of an examination the class and its validity are kept, and nothing else is taken", async (t) => {
  const caseId = await doors.newCase();
  const path = `/visa-docs/cases/${caseId}`;
  const examinationId = done(await officer.post(`${path}/medicals`, {})).id as string;
  t.equal((await officer.post(`${path}/medicals`, {})).body.code, "examination-open");
  const diagnosis = { examinationId, resultClass: "unfit", diagnosis: "secret" };
  t.equal((await officer.post(`${path}/medical-results`, diagnosis)).status, 400);
  t.equal((await officer.post(`${path}/medical-results`, { examinationId, resultClass: "fit" })).status, 400);
  const passed = { examinationId, resultClass: "fit", validUntil: "2099-01-01" };
  t.equal((await officer.post(`${path}/medical-results`, passed)).status, 200);
  t.equal((await officer.post(`${path}/medical-results`, passed)).body.code, "already-done");
  t.equal((await officer.post(`${path}/medical-results`, { resultClass: "unfit" })).status, 200);
  t.same(await doors.typesOf(caseId), ["MedicalOrdered", "MedicalPassed", "MedicalFailed"]);
});

t.test(
  "an application is handed in, paid for and granted, and the number is not shown to who may not see it",
  async (t) => {
    const caseId = await doors.collected();
    const path = `/visa-docs/cases/${caseId}`;
    const early = await doors.opened();
    const refused = await officer.post(`/visa-docs/cases/${early.caseId}/submissions`, {});
    t.same([refused.status, refused.body.code], [409, "dossier-incomplete"]);
    t.equal((await officer.post(`${path}/submissions`, {})).status, 200);
    const fee = { amount: { minor: 6000, currency: "EUR" }, paidBy: "employer", receiptNumber: "TR-1" };
    t.equal((await officer.post(`${path}/fees`, fee)).status, 200);
    t.equal((await officer.post(`${path}/fees`, fee)).body.code, "already-done");
    const visa = { visaNumber: "TR0012345", validUntil: "2029-01-01" };
    t.equal((await officer.post(`${path}/grants`, visa)).status, 200);
    t.equal((await officer.post(`${path}/grants`, visa)).body.code, "already-done");
    const seen = await doors.shown(`/cases/${caseId}`);
    t.same([seen.state, seen.data.visa.visaNumber], ["granted", "TR0012345"]);
    const operator = await (await doors.node.as({ role: "operator" })).get(path);
    t.equal(operator.body.data.visa.visaNumber, undefined);
    t.same(operator.body.redacted, ["/data/visa/visaNumber"]);
  },
);

t.test("a refused visa can be appealed, and the appeal is decided once", async (t) => {
  const caseId = await doors.collected();
  const path = `/visa-docs/cases/${caseId}`;
  done(await officer.post(`${path}/submissions`, { effectiveAt: "2026-03-01T05:00:00.000Z" }));
  const refusal = {
    reason: "funds-not-proven",
    explanation: "The account statement was missing.",
    effectiveAt: "2026-03-31T20:00:00.000Z",
  };
  t.equal((await officer.post(`${path}/refusals`, refusal)).status, 200);
  t.equal((await officer.post(`${path}/refusals`, refusal)).body.code, "already-done");
  const shown = await doors.shown(`/cases/${caseId}`);
  t.match(shown, { state: "refused", data: { refusal: { refusedOn: "2026-04-01", appealUntil: "2026-05-01" } } });
  t.equal(shown.data.refusal.explanation, "The account statement was missing.");
  const late = await officer.post(`${path}/appeals`, { effectiveAt: "2026-05-01T19:00:00.000Z" });
  t.same([late.status, late.body.code], [409, "appeal-too-late"]);
  t.equal((await officer.post(`${path}/appeals`, { effectiveAt: "2026-05-01T18:59:00.000Z" })).status, 200);
  t.equal((await officer.post(`${path}/appeal-decisions`, { outcome: "overturned" })).status, 200);
  t.equal((await officer.post(`${path}/appeal-decisions`, { outcome: "upheld" })).body.code, "appeal-already-decided");
  t.equal((await doors.shown(`/cases/${caseId}`)).state, "submitted");
});

t.test("late facts carry the time from which they count", async (t) => {
  const { caseId } = await doors.opened();
  const effectiveAt = "2026-02-01T04:00:00.000Z";
  const visa = { visaNumber: "TR1", validUntil: "2029-01-01", effectiveAt };
  done(await officer.post(`/visa-docs/cases/${caseId}/grants`, visa));
  done(await officer.post(`/visa-docs/cases/${caseId}/submissions`, { effectiveAt: "2026-01-20T04:00:00.000Z" }));
  const [granted, submitted] = (await doors.recorded(caseId)).slice(-2);
  t.same([granted?.type, granted?.meta.effectiveAt], ["VisaGranted", effectiveAt]);
  t.match(submitted, { type: "VisaSubmitted", data: { submittedOn: "2026-01-20" } });
});

t.test("a group is planned, joined, left and handed in", async (t) => {
  const planned = await officer.post("/visa-docs/submissions", { destination: "TR", places: 2 });
  t.equal(planned.status, 201);
  const id = planned.body.id as string;
  t.equal(planned.headers.get("location"), `/visa-docs/submissions/${id}`);
  t.equal((await officer.post("/visa-docs/submissions", { destination: "TR", places: 201 })).status, 400);
  const path = `/visa-docs/submissions/${id}`;
  t.equal((await officer.post(`${path}/dispatches`, {})).body.code, "submission-empty");
  const { caseId } = await doors.opened();
  const ready = await doors.collected();
  const unknown = await officer.post(`/visa-docs/submissions/${nowhere}/cases/${caseId}/members`, {});
  t.same([unknown.status, unknown.body.code], [404, "unknown-submission"]);
  t.equal((await officer.post(`${path}/cases/${caseId}/members`, {})).status, 200);
  t.equal((await officer.post(`${path}/cases/${caseId}/members`, {})).body.code, "already-done");
  t.equal((await officer.post(`${path}/cases/${ready}/members`, {})).status, 200);
  const third = await doors.opened();
  t.equal((await officer.post(`${path}/cases/${third.caseId}/members`, {})).body.code, "submission-full");
  t.equal((await officer.post(`${path}/cases/${caseId}/drops`, { reason: "ill" })).status, 200);
  t.equal((await officer.post(`${path}/cases/${caseId}/drops`, { reason: "ill" })).body.code, "not-in-submission");
  t.same((await doors.shown(`/submissions/${id}`)).data.caseIds, [ready]);
  t.equal((await officer.post(`${path}/cases/${third.caseId}/members`, {})).status, 200);
  t.equal((await officer.post(`${path}/dispatches`, {})).status, 200);
  t.equal((await officer.post(`${path}/dispatches`, {})).body.code, "already-done");
});
