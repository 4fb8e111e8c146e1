import t from "tap";
import {
  activatePolicy,
  cancelPolicy,
  certify,
  completeVisaStage,
  orient,
  refuseVisa,
  registration,
  STOPS,
} from "./support/elsewhere.ts";
import { done, openDoors } from "./support/doors.ts";
import { flight, id } from "./support/given.ts";

/** What departure does by itself when another service, or departure itself, records something. */

const doors = await openDoors(t);
const { node, officer } = doors;
const { kit } = node;

const departure = (caseId: string) => doors.shown(`/departure/cases/${caseId}`);
const typesOf = async (caseId: string): Promise<readonly string[]> => {
  await node.settled();
  return (await doors.eventsOf(`departure-${caseId}`)).map(({ type }) => type);
};
const resumption = { type: "CaseResumed", data: { reason: "document-check" } };
const suspension = { type: "CaseSuspended", data: { reason: "document-check" } };

t.test("clearance opens with the visa stage and is granted with the cover, in either order", async (t) => {
  const usual = await doors.newCase();
  await completeVisaStage(kit, usual);
  t.match(await departure(usual), { state: "clearance", destination: "DE", employerId: id(6) });
  await activatePolicy(kit, usual);
  t.equal((await departure(usual)).state, "ready");
  const reversed = await doors.newCase();
  await activatePolicy(kit, reversed);
  await completeVisaStage(kit, reversed);
  t.equal((await departure(reversed)).state, "ready");
});

t.test(
  "certificates and orientations that come before are kept; soft skills are asked for by no corridor",
  async (t) => {
    const caseId = await doors.newCase();
    await certify(kit, caseId, "language");
    await certify(kit, caseId, "trade");
    await certify(kit, caseId, "softSkills");
    await orient(kit, caseId, "DE");
    const { data } = await departure(caseId);
    t.match(data.proofs, [
      { requirement: "language", language: "de", cefr: "B1", validUntil: "2099-06-25" },
      { requirement: "certificate" },
      { requirement: "orientation", destination: "DE" },
    ]);
    t.equal(data.proofs.length, 3);
  },
);

t.test("a refused visa makes clearance impossible, before it opens and after it was granted", async (t) => {
  const early = await doors.newCase();
  await refuseVisa(kit, early);
  t.equal((await departure(early)).state, "cancelled");
  const late = await doors.newTicketed();
  await refuseVisa(kit, late);
  t.equal((await departure(late)).state, "cancelled");
  t.same((await typesOf(late)).slice(-3), ["TicketCancelled", "ClearanceRevoked", "ClearanceRefused"]);
});

t.test("a policy that is cancelled takes the clearance with it, another one brings it back", async (t) => {
  const caseId = await doors.newCase();
  await completeVisaStage(kit, caseId);
  const policyId = await activatePolicy(kit, caseId);
  await cancelPolicy(kit, caseId, policyId);
  t.equal((await departure(caseId)).state, "held");
  await activatePolicy(kit, caseId);
  t.equal((await departure(caseId)).state, "ready");
});

t.test("whatever stops a case gives ticket and place back and revokes the clearance", async (t) => {
  for (const [type, data, reason, state] of STOPS) {
    const groupId = await doors.newGroup(1);
    const caseId = await doors.newCleared();
    done(await officer.post(`/departure/cases/${caseId}/tickets`, { groupId }));
    await node.settled();
    await registration(kit, caseId, { type, data });
    t.equal((await departure(caseId)).state, state, type);
    const last = (await doors.eventsOf(`departure-${caseId}`)).slice(-2);
    t.match(last, [
      { type: "TicketCancelled", data: { groupId, reason }, meta: { reasonCode: reason } },
      { type: "ClearanceRevoked", data: { reason, stoppedAs: state } },
    ]);
    t.same((await doors.shown(`/departure/travel-groups/${groupId}`)).data.taken, {});
  }
});

t.test("who has left is not called back by what happens to the case at home", async (t) => {
  const caseId = await doors.newTicketed();
  done(await officer.post(`/departure/cases/${caseId}/border-exits`, {}));
  await registration(kit, caseId, suspension);
  t.equal((await departure(caseId)).state, "departed");
});

t.test("a case that stops before its departure was thought of leaves no trace in it", async (t) => {
  const caseId = await doors.newCase();
  await registration(kit, caseId, suspension, resumption);
  t.same(await typesOf(caseId), []);
});

t.test("a case that goes on is cleared again by itself, and its ticket is booked anew", async (t) => {
  const caseId = await doors.newTicketed();
  await registration(kit, caseId, suspension);
  t.equal((await departure(caseId)).state, "held");
  await registration(kit, caseId, resumption);
  t.equal((await departure(caseId)).state, "ready");
  t.equal((await officer.post(`/departure/cases/${caseId}/tickets`, flight)).status, 200);
});

t.test("two reasons to hold a case are both lifted before it goes on", async (t) => {
  const caseId = await doors.newCleared();
  await registration(kit, caseId, suspension, { type: "CaseSuspended", data: { reason: "complaint" } });
  await registration(kit, caseId, resumption);
  t.equal((await departure(caseId)).state, "held");
  await registration(kit, caseId, { type: "CaseResumed", data: { reason: "complaint" } });
  t.equal((await departure(caseId)).state, "ready");
});

t.test("what becomes complete while the case is held is cleared when it goes on", async (t) => {
  const caseId = await doors.newCase();
  await registration(kit, caseId, suspension);
  await completeVisaStage(kit, caseId);
  await activatePolicy(kit, caseId);
  t.equal((await departure(caseId)).state, "clearance");
  await registration(kit, caseId, resumption);
  t.equal((await departure(caseId)).state, "ready");
});

t.test("a group whose flight is cancelled reaches everybody who has a place in it", async (t) => {
  const groupId = await doors.newGroup(3);
  const cases = [await doors.newCleared(), await doors.newCleared()];
  for (const caseId of cases) done(await officer.post(`/departure/cases/${caseId}/tickets`, { groupId }));
  done(await officer.post(`/departure/travel-groups/${groupId}/cancelled-flights`, { reason: "weather" }));
  for (const caseId of cases) {
    t.equal((await departure(caseId)).state, "ready");
    t.match((await doors.eventsOf(`departure-${caseId}`)).at(-1), {
      type: "FlightCancelled",
      data: { groupId, reason: "group-flight-cancelled", late: undefined },
    });
  }
});

t.test("nothing that departure asks of itself is refused", async (t) => {
  await node.settled();
  t.same(await doors.refusedReactions(), []);
});

t.test("a further round begins afresh after the first one has arrived", async (t) => {
  const caseId = await doors.newTicketed();
  done(await officer.post(`/departure/cases/${caseId}/border-exits`, {}));
  done(await officer.post(`/departure/cases/${caseId}/arrivals`, {}));
  await completeVisaStage(kit, caseId, 2);
  t.equal((await departure(caseId)).state, "clearance");
  await activatePolicy(kit, caseId, 2);
  t.equal((await departure(caseId)).state, "ready");
});
