import t from "tap";
import { giveUp } from "@safar/event-store";
import { course, trainingCase } from "../src/aggregates.ts";
import { openDoors } from "./support/doors.ts";

/** Guards that must hold whichever of two requests comes first. */

const doors = await openDoors(t);
const { node, trainer } = doors;

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

t.test("a seat whose second half never came is given back, and can then not be taken by it any more", async (t) => {
  const { kit } = node;
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse({ capacity: 1 })];
  const transactionId = kit.environment.random.uuid();
  const enrolmentId = kit.environment.random.uuid();
  const context = {
    actor: { id: "trainer", role: "trainer", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const seat = { enrolmentId, caseId };
  const reserve = {
    aggregate: course,
    id: courseId,
    command: { type: "ReserveSeat", ...seat },
    transactionId,
    context,
  };
  await kit.executor.execute(reserve);
  const content = { provider: "TKM", tracks: ["trade"], isco: "7112" };
  const command = { type: "Enrol", enrolmentId, courseId, content, caseIsHeldOrEnded: false };
  const record = { aggregate: trainingCase, id: caseId, command, transactionId, context, header: { caseId } };
  const release = { type: "ReleaseSeat", ...seat, reason: "reservation-given-up" };
  await giveUp(kit.executor, { reserve, record, release }, "not-finished-in-time");
  t.same(await seatsOf(courseId), {});
  t.equal((await kit.executor.execute(record)).kind, "lapsed");
  const other = await doors.newCase();
  t.equal((await trainer.post(`/training/cases/${other}/enrolments`, { courseId })).status, 200);
});
