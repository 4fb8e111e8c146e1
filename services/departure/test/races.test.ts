import t from "tap";
import { executeReserved, giveUp } from "@safar/event-store";
import { departureCase, travelGroup } from "../src/aggregates.ts";
import { completeVisaStage, registration } from "./support/elsewhere.ts";
import { done, nowhere, openDoors } from "./support/doors.ts";
import { flight, id } from "./support/given.ts";

/** Guards that must hold whichever of two requests comes first. */

const doors = await openDoors(t);
const { node, officer } = doors;
const { kit } = node;
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

/** A booking in two halves, each executed when the test says so, by what a command saw before. */
const halvesOf = (caseId: string, groupId: string) => {
  const transactionId = kit.environment.random.uuid();
  const place = { ticketId: kit.environment.random.uuid(), caseId };
  const context = {
    actor: { id: "officer", role: "departure-officer", kind: "human" },
    occurredAt: "2026-08-05T04:00:00Z",
    correlationId: "test",
  } as const;
  const { ticketId } = place;
  const command = { type: "BookTicket", ticketId, flight, groupId, caseIsHeldOrEnded: false };
  return {
    reserve: {
      aggregate: travelGroup,
      id: groupId,
      command: { type: "ReservePlace", ...place },
      transactionId,
      context,
    },
    record: { aggregate: departureCase, id: caseId, command, transactionId, context, header: { caseId } },
    release: { type: "ReleasePlace", ...place, reason: "reservation-given-up" },
  };
};

t.test("a place whose second half never came is given back, and can then not be taken by it any more", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(1), await doors.newCleared()];
  const halves = halvesOf(caseId, groupId);
  await kit.executor.execute(halves.reserve);
  await giveUp(kit.executor, halves, "not-finished-in-time");
  t.same(await takenOf(groupId), {});
  t.equal((await kit.executor.execute(halves.record)).kind, "lapsed");
});

t.test("a group's flight that is cancelled between the two halves carries nobody", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(1), await doors.newCleared()];
  const halves = halvesOf(caseId, groupId);
  await kit.executor.execute(halves.reserve);
  done(await officer.post(`/departure/travel-groups/${groupId}/cancelled-flights`, { reason: "weather" }));
  await node.settled();
  t.match(await executeReserved(kit.executor, halves), { kind: "refused", refusal: { code: "ticket-cancelled" } });
});

t.test("a clearance that was granted to a case that had just been held is taken back", async (t) => {
  const caseId = await doors.newCase();
  await completeVisaStage(kit, caseId);
  await node.settled();
  await registration(kit, caseId, { type: "CaseSuspended", data: { reason: "document-check" } });
  await node.settled();
  const cover = { policyId: nowhere, round: id(1), validFrom: "2026-08-01", validUntil: "2099-08-01" };
  const { record } = halvesOf(caseId, nowhere);
  // It saw the case before it was held.
  const command = { type: "MarkCover", cover, mayGrant: true, on: "2026-08-05" };
  await kit.executor.execute({ ...record, command });
  t.equal((await doors.shown(`/departure/cases/${caseId}`)).state, "held");
  t.match((await doors.eventsOf(`departure-${caseId}`)).slice(-2), [
    { type: "ClearanceGranted" },
    { type: "ClearanceRevoked", data: { reason: "case-not-active", stoppedAs: "held" } },
  ]);
});
