import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { departure } from "../src/index.ts";
import { nowhere, openDoors } from "./support/doors.ts";
import { id } from "./support/given.ts";

/** Who may do what, said a second time, so that a slip in the table is seen. */
const officer: readonly Role[] = ["departure-officer"];
const MAY: Readonly<Record<string, readonly Role[]>> = {
  RequestClearance: officer,
  BookTicket: ["departure-officer", "agency"],
  ConfirmBorderExit: officer,
  ConfirmArrival: ["departure-officer", "representative", "agency", "candidate"],
  ConfirmPickup: ["departure-officer", "representative", "employer"],
  ReportMissedFlight: ["departure-officer", "representative", "agency", "candidate"],
  ReportCancelledFlight: ["departure-officer", "agency"],
  ReportOffloading: officer,
  FormTravelGroup: officer,
  CancelGroupFlight: officer,
};

const doors = await openDoors(t);
const { node } = doors;

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(new Set(departure.commands.map(({ name }) => name)), new Set(Object.keys(MAY)), "none is forgotten");
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    for (const { name, path } of departure.commands) {
      const { status, body } = await client.post(`/departure${path.replace(/:\w+/g, nowhere)}`, {});
      const isClosed = status === 403 && (body as { code: string }).code === "role-not-allowed";
      t.equal(!isClosed, MAY[name]?.includes(role) ?? false, `${role} ${name}`);
    }
  }
});

t.test("nobody does anything without a token", async (t) => {
  for (const { path } of departure.commands)
    t.equal((await node.anybody.post(`/departure${path.replace(/:\w+/g, nowhere)}`, {})).status, 401);
});

t.test("the employer of the round confirms the pickup, and no other employer does", async (t) => {
  const caseId = await doors.newTicketed();
  const employer = await node.as({ role: "employer", unit: id(6) });
  const other = await node.as({ role: "employer", unit: id(7) });
  t.equal((await other.post(`/departure/cases/${caseId}/pickups`, {})).body.code, "out-of-scope");
  t.equal((await employer.post(`/departure/cases/${caseId}/pickups`, {})).status, 200);
  await node.settled();
  t.equal((await employer.get(`/departure/cases/${caseId}`)).status, 200);
  t.equal((await other.get(`/departure/cases/${caseId}`)).status, 403);
});

t.test("a candidate tells of the own way only, an agency of those it brought", async (t) => {
  const caseId = await doors.newTicketed();
  const missed = { reason: "traffic" };
  for (const persona of [
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: nowhere },
  ] as const) {
    const client = await node.as(persona);
    t.equal((await client.post(`/departure/cases/${caseId}/arrivals`, {})).body.code, "out-of-scope", persona.role);
    t.equal((await client.post(`/departure/cases/${caseId}/missed-flights`, missed)).body.code, "out-of-scope");
  }
  const candidate = await node.as({ role: "candidate", caseId });
  t.equal((await candidate.post(`/departure/cases/${caseId}/missed-flights`, missed)).status, 200);
  t.equal((await candidate.post(`/departure/cases/${caseId}/arrivals`, {})).status, 200);
});

t.test("a booking reference is shown to who looks after the case, and to nobody who only watches", async (t) => {
  const caseId = await doors.newCleared();
  const ticket = {
    flight: "HY231",
    from: "TAS",
    to: "FRA",
    departsAt: "2026-08-10T04:30:00Z",
    bookingReference: "QX7P2M",
  };
  t.equal((await doors.officer.post(`/departure/cases/${caseId}/tickets`, ticket)).status, 200);
  await node.settled();
  const watcher = await node.as({ role: "operator" });
  const { body } = await watcher.get(`/departure/cases/${caseId}`);
  t.notMatch(JSON.stringify(body), "QX7P2M");
  t.same(body.redacted, ["/data/ticket/bookingReference"]);
});

t.test("an agency sees how full a travel group is, not who flies in it", async (t) => {
  const [groupId, caseId] = [await doors.newGroup(3), await doors.newCleared()];
  t.equal((await doors.officer.post(`/departure/cases/${caseId}/tickets`, { groupId })).status, 200);
  await node.settled();
  const agency = await node.as({ role: "agency", unit: "XBA-7" });
  const { body } = await agency.get(`/departure/travel-groups/${groupId}`);
  t.equal(body.data.placesTaken, 1);
  t.notMatch(JSON.stringify(body), caseId);
});
