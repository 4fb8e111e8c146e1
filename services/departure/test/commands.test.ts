import t from "tap";
import { completeVisaStage, registration } from "./support/elsewhere.ts";
import { done, nowhere, openDoors } from "./support/doors.ts";
import { flight } from "./support/given.ts";

/** Each command once as it is meant and once as it is refused; who may send it is in access.test.ts. */

const doors = await openDoors(t);
const { officer, node } = doors;
const at = (caseId: string, noun: string): string => `/departure/cases/${caseId}/${noun}`;
const departure = (caseId: string) => doors.shown(`/departure/cases/${caseId}`);
const lastOf = async (caseId: string) => (await doors.eventsOf(`departure-${caseId}`)).at(-1);
const suspension = { type: "CaseSuspended", data: { reason: "document-check" } };

t.test(
  "a clearance that is asked for too early is refused on record, and the answer names what is missing",
  async (t) => {
    const caseId = await doors.newCase();
    await completeVisaStage(node.kit, caseId);
    await node.settled();
    const asked = await officer.post(at(caseId, "clearances"), {});
    t.same([asked.status, asked.body.warnings], [200, ["clearance-refused", "missing-insurance"]]);
    t.match(await lastOf(caseId), { type: "ClearanceRefused", data: { missing: ["insurance"] } });
    t.equal((await departure(caseId)).state, "clearance");
  },
);

t.test("a clearance is not asked for twice, nor for a case that is held or not there", async (t) => {
  const caseId = await doors.newCleared();
  t.equal((await officer.post(at(caseId, "clearances"), {})).body.code, "already-done");
  t.equal((await officer.post(at(nowhere, "clearances"), {})).status, 404);
  const held = await doors.newCase();
  await registration(node.kit, held, suspension);
  t.match(await officer.post(at(held, "clearances"), {}), { status: 409, body: { code: "case-not-active" } });
});

t.test("a ticket is booked for a cleared case, and the answer to a repeat is the same", async (t) => {
  const caseId = await doors.newCleared();
  const booking = { ...flight, bookingReference: "QX7P2M" };
  const first = await officer.post(at(caseId, "tickets"), booking, { key: "ticket" });
  t.equal(first.status, 200);
  t.same((await officer.post(at(caseId, "tickets"), booking, { key: "ticket" })).body, first.body);
  t.equal((await officer.post(at(caseId, "tickets"), booking)).body.code, "ticket-already-booked");
  t.match(await departure(caseId), {
    state: "ticketed",
    data: { ticket: { ticketId: first.body.id, flight: "HY231", bookingReference: "QX7P2M" } },
  });
  const stored = await lastOf(caseId);
  t.notMatch(stored?.data["bookingReference"], "QX7P2M", "it lies sealed in the log");
  const open = await doors.newCase();
  t.match(await officer.post(at(open, "tickets"), flight, { headers: { "accept-language": "uz-Latn" } }), {
    status: 409,
    body: { code: "clearance-not-granted", title: "Jo‘nashga ruxsat berilmagan" },
  });
});

t.test("a travel group has places, and a ticket in it has the group's flight", async (t) => {
  const formed = await officer.post("/departure/travel-groups", { ...flight, destination: "DE", places: 1 });
  t.equal(formed.status, 201);
  t.equal(formed.headers.get("location"), `/departure/travel-groups/${formed.body.id}`);
  const groupId = formed.body.id as string;
  const [caseId, other] = [await doors.newCleared(), await doors.newCleared()];
  const ticketId = done(await officer.post(at(caseId, "tickets"), { groupId }));
  t.match(await departure(caseId), { state: "ticketed", data: { ticket: { groupId, flight: "HY231" } } });
  t.match(await doors.shown(`/departure/travel-groups/${groupId}`), {
    state: "formed",
    data: { taken: { [ticketId]: caseId } },
  });
  t.match(await officer.post(at(other, "tickets"), { groupId }), { status: 409, body: { code: "travel-group-full" } });
  t.match(await officer.post(at(other, "tickets"), { groupId: nowhere }), {
    status: 404,
    body: { code: "travel-group-not-found" },
  });
  t.equal((await officer.post(at(other, "tickets"), { groupId, flight: "HY231" })).status, 400);
});

t.test("a group's flight is cancelled once", async (t) => {
  const groupId = await doors.newGroup(3);
  const path = `/departure/travel-groups/${groupId}/cancelled-flights`;
  t.equal((await officer.post(path, { reason: "weather" })).status, 200);
  t.equal((await officer.post(path, { reason: "weather" })).body.code, "already-done");
  const caseId = await doors.newCleared();
  t.equal((await officer.post(at(caseId, "tickets"), { groupId })).body.code, "travel-group-cancelled");
});

t.test("exit, arrival and pickup are confirmed in their order", async (t) => {
  const caseId = await doors.newTicketed();
  const crossing = { borderPoint: "Toshkent aeroporti", effectiveAt: "2026-08-10T03:10:00Z" };
  t.equal((await officer.post(at(caseId, "border-exits"), crossing)).status, 200);
  t.equal((await departure(caseId)).state, "departed");
  t.match(await lastOf(caseId), {
    data: { exitedAt: crossing.effectiveAt, late: undefined },
    meta: { effectiveAt: crossing.effectiveAt, destination: "DE" },
  });
  t.equal((await officer.post(at(caseId, "border-exits"), crossing)).body.code, "already-done");
  t.equal((await officer.post(at(caseId, "arrivals"), {})).status, 200);
  t.equal((await departure(caseId)).state, "arrived");
  t.equal((await officer.post(at(caseId, "arrivals"), {})).body.code, "already-done");
  t.equal((await officer.post(at(caseId, "pickups"), {})).status, 200);
  t.equal((await officer.post(at(caseId, "pickups"), {})).body.code, "already-done");
  t.notOk((await doors.eventsOf(`departure-${caseId}`)).some(({ data }) => data["late"]));
});

t.test("an arrival that comes before anything else is taken and marked, and so is the exit after it", async (t) => {
  const caseId = await doors.newCase();
  t.equal((await officer.post(at(caseId, "arrivals"), { effectiveAt: "2026-08-10T11:05:00Z" })).status, 200);
  t.equal((await officer.post(at(caseId, "border-exits"), { effectiveAt: "2026-08-10T03:10:00Z" })).status, 200);
  const events = await doors.eventsOf(`departure-${caseId}`);
  t.match(events, [
    { type: "ArrivalConfirmed", data: { late: true } },
    { type: "BorderExitConfirmed", data: { late: true } },
  ]);
  t.equal((await departure(caseId)).state, "arrived");
});

t.test("a flight that is missed, cancelled or ends at the border leaves the way open to another one", async (t) => {
  for (const [noun, state] of [
    ["missed-flights", "missed"],
    ["cancelled-flights", "ready"],
    ["offloadings", "offloaded"],
  ] as const) {
    const caseId = await doors.newTicketed();
    const ticketId = (await departure(caseId)).data.ticket.ticketId as string;
    const report = { reason: "traffic", ticketId };
    t.equal((await officer.post(at(caseId, noun), report)).status, 200, noun);
    t.equal((await departure(caseId)).state, state);
    t.equal((await officer.post(at(caseId, noun), report)).body.code, "already-done");
    t.equal((await officer.post(at(caseId, "tickets"), flight)).status, 200);
    t.equal((await departure(caseId)).state, "ticketed");
  }
});

t.test("who has left gets no ticket any more", async (t) => {
  const caseId = await doors.newTicketed();
  await officer.post(at(caseId, "border-exits"), {});
  t.equal((await officer.post(at(caseId, "tickets"), flight)).body.code, "has-already-left");
  t.equal((await officer.post(at(caseId, "clearances"), {})).body.code, "has-already-left");
});
