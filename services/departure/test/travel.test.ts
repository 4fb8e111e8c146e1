import t from "tap";
import {
  arrived,
  cleared,
  exited,
  flight,
  givenDeparture,
  id,
  opened,
  ticketed,
  type DepartureFact,
} from "./support/given.ts";

const book = (given: object = {}) =>
  ({ type: "BookTicket", ticketId: id(42), flight, caseIsHeldOrEnded: false, ...given }) as const;
const exit = (given: object = {}) =>
  ({ type: "ConfirmBorderExit", exitedAt: "2026-08-10T03:10:00.000Z", ...given }) as const;
const arrive = (given: object = {}) =>
  ({ type: "ConfirmArrival", arrivedAt: "2026-08-10T11:05:00.000Z", ...given }) as const;
const pickUp = { type: "ConfirmPickup", pickedUpAt: "2026-08-10T12:30:00.000Z" } as const;
const report = (type: "ReportMissedFlight" | "ReportCancelledFlight" | "ReportOffloading", given: object = {}) =>
  ({ type, reason: "late-at-airport", at: "2026-08-10T04:30:00.000Z", ...given }) as const;

const aboutTicket = (n: number, given: object = {}) => ({
  round: id(1),
  ticketId: id(40 + n),
  reason: "late-at-airport",
  ...given,
});
const missed = (n = 1): DepartureFact => ({
  type: "FlightMissed",
  data: { ...aboutTicket(n), missedAt: "2026-08-10T04:30:00.000Z" },
});
const flightCancelled = (n = 1): DepartureFact => ({ type: "FlightCancelled", data: aboutTicket(n) });
const offloaded = (offloadedAt = "2026-08-10T03:10:00.000Z"): DepartureFact => ({
  type: "OffloadedAtBorder",
  data: { ...aboutTicket(1), offloadedAt },
});
const isLate = (facts: readonly DepartureFact[]) => facts.some(({ data }) => "late" in data && data.late === true);

t.test("a ticket needs a clearance, an open case and a flight that is there", async (t) => {
  t.same(givenDeparture(...cleared).when(book()), ["TicketBooked"]);
  t.equal(givenDeparture(opened()).when(book()), "clearance-not-granted");
  t.equal(givenDeparture(...cleared).when(book({ caseIsHeldOrEnded: true })), "case-not-active");
  t.equal(givenDeparture(...cleared).when(book({ flight: undefined })), "travel-group-not-found");
  t.equal(givenDeparture(...cleared, exited()).when(book()), "has-already-left");
});

t.test(
  "one ticket at a time; another one after the flight was missed, cancelled or the border was closed",
  async (t) => {
    t.equal(givenDeparture(...cleared, ticketed()).when(book()), "ticket-already-booked");
    t.same(givenDeparture(...cleared, ticketed(), missed()).when(book()), ["TicketBooked"]);
    t.same(givenDeparture(...cleared, ticketed(), flightCancelled()).when(book()), ["TicketBooked"]);
    t.same(givenDeparture(...cleared, ticketed(), offloaded()).when(book()), ["TicketBooked"]);
  },
);

t.test("a ticket whose group's flight was cancelled before it was recorded is not booked", async (t) => {
  const cancel = { type: "CancelGroupTickets", groupId: id(7), ticketIds: [id(42)], reason: "weather" } as const;
  t.same(givenDeparture(...cleared).when(cancel), ["FlightCancelled"]);
  t.ok(isLate(givenDeparture(...cleared).facts(cancel)));
  t.equal(givenDeparture(...cleared, flightCancelled(2)).when(book()), "ticket-cancelled");
  t.equal(givenDeparture(...cleared, flightCancelled(2)).when(cancel), "already-done");
  t.equal(givenDeparture(...cleared, ticketed(), exited()).when(cancel), "already-done");
  t.notOk(isLate(givenDeparture(...cleared, ticketed(2)).facts(cancel)));
});

t.test("an exit and an arrival in their order are not marked", async (t) => {
  t.notOk(isLate(givenDeparture(...cleared, ticketed()).facts(exit())));
  t.notOk(isLate(givenDeparture(...cleared, ticketed(), exited()).facts(arrive())));
  t.notOk(isLate(givenDeparture(...cleared, ticketed(), exited(), arrived()).facts(pickUp)));
});

t.test("a fact that comes too early or too late is taken and marked, never refused", async (t) => {
  t.ok(isLate(givenDeparture().facts(exit())), "an exit before anything is known");
  t.ok(isLate(givenDeparture(...cleared).facts(exit())), "an exit before the ticket");
  const revoked: DepartureFact = {
    type: "ClearanceRevoked",
    data: { round: id(1), reason: "cover-ended", stoppedAs: "held" },
  };
  t.ok(isLate(givenDeparture(...cleared, ticketed(), revoked).facts(exit())), "an exit without a clearance in force");
  t.ok(isLate(givenDeparture(...cleared, ticketed()).facts(arrive())), "an arrival before the exit");
  t.ok(isLate(givenDeparture(...cleared, ticketed(), arrived()).facts(exit())), "the exit after the arrival");
  t.ok(isLate(givenDeparture().facts(pickUp)));
  for (const type of ["ReportMissedFlight", "ReportCancelledFlight", "ReportOffloading"] as const)
    t.ok(isLate(givenDeparture().facts(report(type))), type);
});

t.test("an exit that came first belongs to the round that opens after it", async (t) => {
  const early = exited({ round: undefined });
  t.equal(givenDeparture(early).status, "departed");
  t.equal(givenDeparture(early, opened()).status, "departed");
  t.equal(givenDeparture(early, arrived({ round: undefined }), opened()).status, "arrived");
});

t.test("the same crossing is on record once; a later one, dated, belongs to the next round", async (t) => {
  const there = [...cleared, ticketed(), exited(), arrived()];
  t.equal(givenDeparture(...cleared, ticketed(), exited()).when(exit()), "already-done");
  t.equal(givenDeparture(...there).when(arrive()), "already-done");
  t.equal(givenDeparture(...there).when(arrive({ effectiveAt: "2026-08-10T11:05:00.000Z" })), "already-done");
  t.equal(givenDeparture(...there).when(arrive({ arrivedAt: "2027-02-01T09:00:00.000Z" })), "already-done", "undated");
  t.equal(givenDeparture(...there).when(exit({ exitedAt: "2027-02-01T03:00:00.000Z" })), "already-done", "undated");
  t.equal(givenDeparture(...there).when(exit({ effectiveAt: "2026-08-10T03:10:00.000Z" })), "already-done");
  const later = exit({ exitedAt: "2027-02-01T03:00:00.000Z", effectiveAt: "2027-02-01T03:00:00.000Z" });
  t.match(givenDeparture(...there).facts(later), [{ data: { round: undefined, late: true } }]);
  const unclaimed = exited({ round: undefined, exitedAt: "2027-02-01T03:00:00.000Z" });
  t.equal(givenDeparture(...there, unclaimed).status, "arrived");
  t.equal(givenDeparture(...there, unclaimed).when(later), "already-done");
  t.equal(givenDeparture(...there, unclaimed, opened(2)).status, "departed");
});

t.test("a pickup is confirmed once a round", async (t) => {
  const met: DepartureFact = {
    type: "EmployerPickupConfirmed",
    data: { round: id(1), pickedUpAt: "2026-08-10T12:30:00.000Z" },
  };
  t.same(givenDeparture(...cleared, ticketed(), exited(), arrived()).when(pickUp), ["EmployerPickupConfirmed"]);
  t.equal(givenDeparture(...cleared, met).when(pickUp), "already-done");
  t.same(givenDeparture(...cleared, arrived(), met, opened(2)).when(pickUp), ["EmployerPickupConfirmed"]);
  t.same(givenDeparture(...cleared, arrived(), met, opened(1)).when(pickUp), ["EmployerPickupConfirmed"]);
});

t.test("what befalls a flight is on record once for its ticket", async (t) => {
  const given = [...cleared, ticketed()];
  t.same(givenDeparture(...given).when(report("ReportMissedFlight")), ["FlightMissed"]);
  t.equal(givenDeparture(...given, missed()).when(report("ReportMissedFlight")), "already-done");
  t.same(givenDeparture(...given).when(report("ReportCancelledFlight")), ["FlightCancelled"]);
  t.equal(
    givenDeparture(...given, flightCancelled()).when(report("ReportCancelledFlight", { ticketId: id(41) })),
    "already-done",
  );
  t.same(givenDeparture(...given).when(report("ReportOffloading")), ["OffloadedAtBorder"]);
  const inGroup = givenDeparture(...cleared, ticketed(1, { groupId: id(7) }));
  t.match(inGroup.facts(report("ReportCancelledFlight")), [{ data: { ticketId: id(41), groupId: id(7) } }]);
  t.equal(givenDeparture(...given, offloaded()).when(report("ReportOffloading")), "already-done");
});

t.test("news of an earlier ticket does not touch the one that counts now", async (t) => {
  t.equal(givenDeparture(...cleared, ticketed(1), missed(1), ticketed(2)).status, "ticketed");
  t.equal(givenDeparture(...cleared, ticketed(1), flightCancelled(1), ticketed(2), missed(1)).status, "ticketed");
});

t.test("the state follows the way, and the later of an exit and an offloading counts", async (t) => {
  const given = [...cleared, ticketed()];
  t.equal(givenDeparture().status, "clearance");
  t.equal(givenDeparture(...cleared).status, "ready");
  t.equal(givenDeparture(...given).status, "ticketed");
  t.equal(givenDeparture(...given, missed()).status, "missed");
  t.equal(givenDeparture(...given, flightCancelled()).status, "ready");
  t.equal(givenDeparture(...given, offloaded()).status, "offloaded");
  t.equal(givenDeparture(...given, exited()).status, "departed");
  t.equal(givenDeparture(...given, exited(), offloaded("2026-08-10T03:40:00.000Z")).status, "offloaded");
  t.equal(givenDeparture(...given, offloaded("2026-08-10T01:00:00.000Z"), exited()).status, "departed");
  t.equal(givenDeparture(...given, exited(), arrived()).status, "arrived");
  t.equal(givenDeparture(...given, arrived({ late: true })).status, "arrived");
});

t.test("who was offloaded crosses again", async (t) => {
  const given = [...cleared, ticketed(), exited(), offloaded("2026-08-10T03:40:00.000Z"), ticketed(2)];
  t.same(givenDeparture(...given).when(exit({ exitedAt: "2026-08-12T03:00:00.000Z" })), ["BorderExitConfirmed"]);
});
