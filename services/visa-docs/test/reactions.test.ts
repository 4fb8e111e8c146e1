import t from "tap";
import { tashkentDate } from "@safar/kernel";
import { done, openDoors } from "./support/doors.ts";
import {
  accepted,
  certify,
  closed,
  consentAgain,
  consentWithdrawn,
  offerOf,
  offerWithdrawn,
  orient,
  placedOnReserve,
  registration,
  resumed,
  selection,
  suspended,
  withdrew,
} from "./support/elsewhere.ts";

const doors = await openDoors(t);
const { node, officer } = doors;
const { kit } = node;
const today = tashkentDate(kit.environment.clock.now());
const stateOf = async (caseId: string) => (await doors.shown(`/cases/${caseId}`)).state as string;

t.test("an accepted offer opens the dossier by the corridor's requirement set", async (t) => {
  const { caseId, offer } = await doors.opened("DE");
  const [opened, checklist] = await doors.recorded(caseId);
  t.match(opened, {
    type: "DossierOpened",
    data: {
      round: offer.applicationId,
      offerId: offer.offerId,
      corridor: offer.corridor,
      requirementSetFrom: "2026-01-01",
      requires: { language: { tag: "de", cefr: "B1" }, workVisa: true },
      contractMonths: 24,
    },
    meta: { caseId, destination: "DE", unit: "1726", region: "1726", actor: { kind: "system", id: "visa-docs" } },
  });
  t.ok(opened?.meta.causationId);
  t.match(checklist?.data, {
    requirementSet: { country: "DE", sector: "*", from: "2026-01-01" },
    issuedOn: today,
    items: ["passport", "contract", "language", "certificate", "orientation"],
  });
  t.equal(await stateOf(caseId), "checklistIssued");
});

t.test("certificates and orientation meet the checklist, whether they come before the offer or after it", async (t) => {
  const caseId = await doors.newCase();
  const language = await certify(kit, caseId, "language");
  await node.settled();
  t.same(await doors.typesOf(caseId), ["CertificateNoted"]);
  t.equal(await stateOf(caseId), "unopened");
  const offer = offerOf(kit, caseId, "DE");
  await selection(kit, caseId, offer, accepted(offer));
  await node.settled();
  const trade = await certify(kit, caseId, "trade");
  const orientation = await orient(kit, caseId, "DE");
  const { data } = await doors.shown(`/cases/${caseId}`);
  t.same(data.lifecycle.met, { language, certificate: trade, orientation });
});

t.test("where the corridor needs no visa the stage is completed by the dossier alone", async (t) => {
  const { caseId, offer } = await doors.opened("KZ");
  await doors.verifyPassport(caseId);
  await doors.contract(caseId);
  await orient(kit, caseId, "KZ");
  await node.settled();
  const last = (await doors.recorded(caseId)).at(-1);
  const { applicationId: round, corridor, employerId } = offer;
  t.match(last, { type: "VisaStageCompleted", data: { round, corridor, contractMonths: 24, employerId } });
  t.equal(await stateOf(caseId), "complete");
});

for (const [name, fact, cause] of [
  ["suspended", suspended, "case-suspended"],
  ["withdrawn by the candidate", withdrew, "candidate-withdrew"],
  ["left without consent", consentWithdrawn, "consent-withdrawn"],
  ["closed", closed, "case-closed"],
] as const)
  t.test(`a case that is ${name} withdraws its dossier and gives its place in a group back`, async (t) => {
    const { caseId } = await doors.opened();
    const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 1 })).id as string;
    done(await officer.post(`/visa-docs/submissions/${id}/cases/${caseId}/members`, {}));
    await registration(kit, caseId, fact);
    await node.settled();
    const [withdrawn, dropped] = (await doors.recorded(caseId)).slice(-2);
    t.match(withdrawn, { type: "DossierWithdrawn", data: { cause } });
    t.match(dropped, { type: "GroupMemberDropped", data: { submissionId: id, reason: cause } });
    t.equal(await stateOf(caseId), "withdrawn");
    t.same((await doors.shown(`/submissions/${id}`)).data.caseIds, []);
    const again = await officer.post(`/visa-docs/submissions/${id}/cases/${caseId}/members`, {});
    t.equal(again.body.code, "dossier-withdrawn");
  });

t.test("a dossier goes on once nothing holds the case any more", async (t) => {
  const { caseId } = await doors.opened();
  await registration(kit, caseId, suspended, consentWithdrawn);
  await node.settled();
  await registration(kit, caseId, resumed);
  t.equal(await stateOf(caseId), "withdrawn", "the consent is still missing");
  await registration(kit, caseId, consentAgain);
  t.equal(await stateOf(caseId), "checklistIssued");
});

t.test("a case that stopped before its dossier opened is withdrawn as it opens", async (t) => {
  const caseId = await doors.newCase();
  await registration(kit, caseId, suspended);
  await node.settled();
  const offer = offerOf(kit, caseId, "TR");
  await selection(kit, caseId, offer, accepted(offer));
  await node.settled();
  t.match((await doors.recorded(caseId)).at(-1), { type: "DossierWithdrawn", data: { cause: "case-suspended" } });
});

t.test(
  "an offer that ended withdraws the dossier that was opened for it, and a further one opens a round",
  async (t) => {
    const { caseId, offer } = await doors.opened();
    const other = offerOf(kit, caseId, "TR");
    await selection(kit, caseId, offer, offerWithdrawn(other));
    t.equal(await stateOf(caseId), "checklistIssued", "another offer of the same application");
    await selection(kit, caseId, offer, offerWithdrawn(offer));
    t.equal(await stateOf(caseId), "withdrawn");
    await doors.verifyPassport(caseId);
    const further = offerOf(kit, caseId, "TR", 2);
    await selection(kit, caseId, further, accepted(further));
    const shown = await doors.shown(`/cases/${caseId}`);
    t.equal(shown.state, "collecting");
    t.equal(shown.data.lifecycle.round, further.applicationId);
    t.same(Object.keys(shown.data.lifecycle.met), ["passport"], "the person's papers count in every round");
  },
);

t.test("after a refusal the reserve takes the offer, the state stays, and a second round resets it", async (t) => {
  const { caseId, offer } = await doors.opened();
  const path = `/visa-docs/cases/${caseId}`;
  done(await officer.post(`${path}/refusals`, { reason: "quota-exhausted" }));
  await selection(kit, caseId, offer, placedOnReserve(offer));
  t.equal(await stateOf(caseId), "refused");
  done(await officer.post(`${path}/appeals`, {}));
  const further = offerOf(kit, caseId, "TR", 2);
  await selection(kit, caseId, further, accepted(further));
  const shown = await doors.shown(`/cases/${caseId}`);
  t.equal(shown.state, "checklistIssued");
  t.notOk(shown.data.refusal);
});

t.test("a group goes without the member who is not ready, and each learns of it in its own stream", async (t) => {
  const [ready, alsoReady] = [await doors.collected(), await doors.collected()];
  const { caseId: late } = await doors.opened();
  const held = await doors.collected();
  const id = done(await officer.post("/visa-docs/submissions", { destination: "TR", places: 4 })).id as string;
  for (const caseId of [ready, late, held, alsoReady])
    done(await officer.post(`/visa-docs/submissions/${id}/cases/${caseId}/members`, {}));
  const effectiveAt = "2026-03-10T06:00:00.000Z";
  await registration(kit, held, suspended);
  await node.settled();
  done(await officer.post(`/visa-docs/submissions/${id}/dispatches`, { effectiveAt }));
  await node.settled();
  for (const caseId of [ready, alsoReady])
    t.match((await doors.recorded(caseId)).at(-1), {
      type: "VisaSubmitted",
      data: { submissionId: id, submittedOn: "2026-03-10" },
      meta: { effectiveAt },
    });
  t.match((await doors.recorded(late)).at(-1), { type: "GroupMemberDropped", data: { reason: "dossier-incomplete" } });
  t.equal(await stateOf(held), "withdrawn");
  const shown = await doors.shown(`/submissions/${id}`);
  t.equal(shown.state, "sent");
  t.same(shown.data.caseIds, [ready, alsoReady]);
});

t.test("no reaction was refused but for what was done already", async (t) => {
  await node.settled();
  t.same(
    (await doors.refusedReactions()).filter(({ data }) => data["alarm"] === true).map(({ data }) => data),
    [],
  );
});
