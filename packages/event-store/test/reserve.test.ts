import t from "tap";
import { executeReserved, giveUp, type EventStore, type Reservation } from "../src/index.ts";
import { collect } from "./support/events.ts";
import { context, executorOf, hold, journey, newStore, uuid, withOthers } from "./support/holds.ts";

/** A limit in one stream and what it is for in another: both or neither, whenever the process dies. */

const reservationOf = (personId: string, caseId: string, reason = "illness"): Reservation => {
  const transactionId = uuid();
  const shared = { transactionId, context: context() };
  return {
    reserve: { ...shared, aggregate: journey, id: personId, command: { type: "Open", caseId } },
    record: hold(caseId, reason, shared),
    release: { type: "End", caseId },
  };
};
/** Cases; each test has a log of its own. */
const [c, c1, c2, c3] = [uuid(), uuid(), uuid(), uuid()];
const typesOf = async (store: EventStore): Promise<string[]> =>
  (await collect(store.readAll())).map(({ type }) => type);
const openOf = async (store: EventStore, personId: string) => (await executorOf(store).load(journey, personId)).state;

t.test("a reservation and its record are both made, and made once", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  const reservation = reservationOf("p", c);
  const first = await executeReserved(executor, reservation);
  t.match(first, { kind: "recorded", repeated: false });
  t.match(await executeReserved(executor, reservation), { kind: "recorded", repeated: true });
  t.match(await executeReserved(executorOf(store), reservation), { kind: "recorded", repeated: true });
  t.same(await typesOf(store), ["JourneyOpened", "CaseSuspended"]);
});

t.test("what died between the two halves is finished by a repeat", async (t) => {
  const store = newStore();
  const reservation = reservationOf("p", c);
  await executorOf(store).execute(reservation.reserve);
  t.match(await executeReserved(executorOf(store), reservation), { kind: "recorded", repeated: false });
  t.same(await typesOf(store), ["JourneyOpened", "CaseSuspended"]);
});

t.test("where the limit is reached nothing is recorded", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  await executeReserved(executor, reservationOf("p", c1));
  const refused = await executeReserved(executor, reservationOf("p", c2));
  t.match(refused, { kind: "refused", refusal: { code: "taken" } });
  t.equal((await typesOf(store)).length, 2);
});

t.test("what the case would refuse is not reserved for", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  await executor.execute(hold(c, "illness"));
  t.match(await executeReserved(executor, reservationOf("p", c)), { kind: "refused" });
  t.same(await typesOf(store), ["CaseSuspended"]);
});

t.test("what the case refuses after all is given back", async (t) => {
  const store = newStore();
  const other = executorOf(store);
  const executor = executorOf(
    withOthers(store, async (stream) => stream.startsWith("person-") && other.execute(hold(c, "illness"))),
  );
  const reservation = reservationOf("p", c);
  t.match(await executeReserved(executor, reservation), { kind: "refused", refusal: { code: "already-done" } });
  t.equal(await openOf(store, "p"), undefined);
  t.same(await executeReserved(other, reservation), { kind: "lapsed" }, "and its key is used up");
  t.match(await executeReserved(other, reservationOf("p", c, "court-order")), { kind: "recorded" });
});

t.test("of two that reserve for the last place at once one gets it", async (t) => {
  const store = newStore();
  const outcomes = await Promise.all(
    [c1, c2, c3].map((caseId) => executeReserved(executorOf(store), reservationOf("p", caseId))),
  );
  t.same(outcomes.map(({ kind }) => kind).sort(), ["recorded", "refused", "refused"]);
  t.same(await typesOf(store), ["JourneyOpened", "CaseSuspended"]);
});

t.test("what was given up half-way is free again, and its second half comes too late for ever", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  const reservation = reservationOf("p", c);
  await executor.execute(reservation.reserve);
  t.match(await giveUp(executor, reservation, "not-finished-in-time"), { kind: "recorded" });
  t.equal(await openOf(store, "p"), undefined);
  t.same(await executor.execute(reservation.record), { kind: "lapsed" });
  t.same(await executeReserved(executorOf(store), reservation), { kind: "lapsed" });
  t.same(await typesOf(store), ["JourneyOpened", "ReservationGivenUp", "JourneyEnded"]);
  t.equal((await executor.load(reservation.record.aggregate, c)).exists, false, "no case has come of it");
});

t.test("given up twice is given up once, also by two at once", async (t) => {
  const store = newStore();
  const reservation = reservationOf("p", c);
  await executorOf(store).execute(reservation.reserve);
  await Promise.all([1, 2].map(() => giveUp(executorOf(store), reservation, "not-finished-in-time")));
  await giveUp(executorOf(store), reservation, "not-finished-in-time");
  t.same(await typesOf(store), ["JourneyOpened", "ReservationGivenUp", "JourneyEnded"]);
});

t.test("what died while it was given up is given up by a repeat", async (t) => {
  const store = newStore();
  const reservation = reservationOf("p", c);
  await executorOf(store).execute(reservation.reserve);
  const dying = executorOf(
    withOthers(store, async (stream) => {
      if (stream.startsWith("person-")) throw new Error("killed");
    }),
  );
  await t.rejects(giveUp(dying, reservation, "not-finished-in-time"));
  t.equal(await openOf(store, "p"), c);
  await giveUp(executorOf(store), reservation, "not-finished-in-time");
  t.equal(await openOf(store, "p"), undefined);
});

t.test("what was finished in the meantime is not given up", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  const reservation = reservationOf("p", c);
  await executeReserved(executor, reservation);
  await giveUp(executor, reservation, "not-finished-in-time");
  t.equal(await openOf(store, "p"), c);
  t.same(await typesOf(store), ["JourneyOpened", "CaseSuspended"]);
});
