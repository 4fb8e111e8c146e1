import t from "tap";
import { registration } from "./support/elsewhere.ts";
import { openDoors } from "./support/doors.ts";
import { flight } from "./support/given.ts";

/** Guards that must hold whichever of two requests comes first. */

const doors = await openDoors(t);
const { node, officer } = doors;
const takenOf = async (groupId: string) =>
  (await doors.shown(`/departure/travel-groups/${groupId}`)).data.taken as object;

t.test("bookings made at once never exceed the group's places", async (t) => {
  const groupId = await doors.newGroup(2);
  const cases: string[] = [];
  for (let n = 0; n < 5; n += 1) cases.push(await doors.newCleared());
  const answers = await Promise.all(
    cases.map((caseId) => officer.post(`/departure/cases/${caseId}/tickets`, { groupId })),
  );
  const booked = answers.filter(({ status }) => status === 200);
  t.ok(booked.length <= 2);
  t.ok(
    answers.every(
      ({ status, body }) => status === 200 || ["travel-group-full", "contended"].includes(body.code as string),
    ),
  );
  t.equal(Object.keys(await takenOf(groupId)).length, booked.length);
});

t.test("one candidate booked twice at once holds one place", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(3), await doors.newCleared()];
  const book = () => officer.post(`/departure/cases/${caseId}/tickets`, { groupId });
  const answers = await Promise.all([book(), book()]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
  t.equal(Object.keys(await takenOf(groupId)).length, 1, "what the second one reserved was given back");
});

t.test("a case that ended while its ticket was being booked has no ticket in the end", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(3), await doors.newCleared()];
  await Promise.all([
    officer.post(`/departure/cases/${caseId}/tickets`, { groupId }),
    registration(node.kit, caseId, { type: "CandidateWithdrew", data: { reason: "family-reasons" } }),
  ]);
  t.same(await takenOf(groupId), {});
  t.equal((await doors.shown(`/departure/cases/${caseId}`)).state, "cancelled");
});

t.test("a ticket in a group whose flight is cancelled at the same moment does not stand", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(3), await doors.newCleared()];
  await Promise.all([
    officer.post(`/departure/cases/${caseId}/tickets`, { groupId }),
    officer.post(`/departure/travel-groups/${groupId}/cancelled-flights`, { reason: "weather" }),
  ]);
  t.equal((await doors.shown(`/departure/cases/${caseId}`)).state, "ready");
  t.equal((await officer.post(`/departure/cases/${caseId}/tickets`, flight)).status, 200);
});
