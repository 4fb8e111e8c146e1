import t from "tap";
import { executeReserved, giveUp } from "@safar/event-store";
import { course, trainingCase } from "../src/aggregates.ts";
import { done, openDoors } from "./support/doors.ts";
import { registration } from "./support/elsewhere.ts";

/** Guards that must hold whichever of two requests comes first. */

const doors = await openDoors(t);
const { node, trainer } = doors;
const { kit } = node;

const seatsOf = async (courseId: string) => (await doors.shown(`/training/courses/${courseId}`)).data.seats as object;

t.test("enrolments made at once never exceed the seats", async (t) => {
  const courseId = await doors.newCourse({ capacity: 2 });
  const cases = await Promise.all(Array.from({ length: 6 }, () => doors.newCase()));
  const answers = await Promise.all(
    cases.map((caseId) => trainer.post(`/training/cases/${caseId}/enrolments`, { courseId })),
  );
  const enrolled = answers.filter(({ status }) => status === 200);
  t.ok(enrolled.length <= 2);
  t.ok(
    answers.every(({ status, body }) => status === 200 || ["course-full", "contended"].includes(body.code as string)),
  );
  t.equal(Object.keys(await seatsOf(courseId)).length, enrolled.length);
});

t.test("one candidate enrolled twice at once holds one seat", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
  const enrol = () => trainer.post(`/training/cases/${caseId}/enrolments`, { courseId });
  const answers = await Promise.all([enrol(), enrol()]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
  t.equal(Object.keys(await seatsOf(courseId)).length, 1, "what the second one reserved was given back");
});

t.test("the same request sent twice at once takes one seat", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
  const enrol = () => trainer.post(`/training/cases/${caseId}/enrolments`, { courseId }, { key: "twice" });
  const [first, second] = await Promise.all([enrol(), enrol()]);
  t.same([first.status, second.status], [200, 200]);
  t.same(first.body, second.body);
  t.equal(Object.keys(await seatsOf(courseId)).length, 1);
});

/** An enrolment in two halves, each executed when the test says so, by what a command saw before. */
const halvesOf = (caseId: string, courseId: string) => {
  const transactionId = kit.environment.random.uuid();
  const seat = { enrolmentId: kit.environment.random.uuid(), caseId };
  const context = {
    actor: { id: "trainer", role: "trainer", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const content = { provider: "TKM", tracks: ["trade"], isco: "7112" };
  const { enrolmentId } = seat;
  const command = { type: "Enrol", enrolmentId, courseId, content, caseIsHeldOrEnded: false };
  return {
    reserve: { aggregate: course, id: courseId, command: { type: "ReserveSeat", ...seat }, transactionId, context },
    record: { aggregate: trainingCase, id: caseId, command, transactionId, context, header: { caseId } },
    release: { type: "ReleaseSeat", ...seat, reason: "reservation-given-up" },
  };
};

t.test("a seat whose second half never came is given back, and can then not be taken by it any more", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse({ capacity: 1 })];
  const halves = halvesOf(caseId, courseId);
  await kit.executor.execute(halves.reserve);
  await giveUp(kit.executor, halves, "not-finished-in-time");
  t.same(await seatsOf(courseId), {});
  t.equal((await kit.executor.execute(halves.record)).kind, "lapsed");
  const other = await doors.newCase();
  t.equal((await trainer.post(`/training/cases/${other}/enrolments`, { courseId })).status, 200);
});

t.test("a seat that was taken for a case that had just ended is given back", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
  await registration(kit, caseId, { type: "CandidateWithdrew", data: { reason: "family-reasons" } });
  await node.settled();
  t.equal((await executeReserved(kit.executor, halvesOf(caseId, courseId))).kind, "recorded");
  t.same(await seatsOf(courseId), {});
  t.match((await doors.eventsOf(`training-${caseId}`)).at(-1), {
    type: "EnrolmentCancelled",
    data: { reason: "case-not-active" },
  });
});

t.test("a course that is cancelled between the two halves takes nobody", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
  const halves = halvesOf(caseId, courseId);
  await kit.executor.execute(halves.reserve);
  done(await trainer.post(`/training/courses/${courseId}/cancellations`, { reason: "no-teacher" }));
  t.same(await seatsOf(courseId), {});
  t.match(await executeReserved(kit.executor, halves), { kind: "refused", refusal: { code: "enrolment-cancelled" } });
});
