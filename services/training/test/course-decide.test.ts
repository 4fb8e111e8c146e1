import t from "tap";
import { givenCourse, id, offer, type CourseFact } from "./support/given.ts";

const offered: CourseFact = { type: "CourseOffered", data: offer };
const seat = (n: number): CourseFact => ({ type: "SeatReserved", data: { enrolmentId: id(n), caseId: id(200 + n) } });
const reserve = (n: number) => ({ type: "ReserveSeat", enrolmentId: id(n), caseId: id(200 + n) }) as const;
const release = (n: number) =>
  ({ type: "ReleaseSeat", enrolmentId: id(n), caseId: id(200 + n), reason: "withdrew" }) as const;

t.test("a course gives as many seats as it has, and not one more", async (t) => {
  t.same(givenCourse(offered, seat(1)).when(reserve(2)), ["SeatReserved"]);
  t.equal(givenCourse(offered, seat(1), seat(2)).when(reserve(3)), "course-full");
});

t.test("a seat that was given back is free again", async (t) => {
  const released: CourseFact = {
    type: "SeatReleased",
    data: { enrolmentId: id(1), caseId: id(201), reason: "withdrew" },
  };
  t.same(givenCourse(offered, seat(1), seat(2), released).when(reserve(3)), ["SeatReserved"]);
  t.equal(givenCourse(offered, seat(1), seat(2), released).when(release(1)), "already-done");
});

t.test("who enrols again before the old seat is back takes a seat of the new enrolment", async (t) => {
  const again = { ...reserve(2), caseId: id(201) };
  t.same(givenCourse(offered, seat(1)).when(again), ["SeatReserved"]);
  t.equal(givenCourse(offered, seat(1)).when(reserve(1)), "already-done");
});

t.test("a course that is under way still takes people; one that is over or cancelled does not", async (t) => {
  const started: CourseFact = { type: "CourseStarted", data: { startedOn: "2026-03-02" } };
  const completed: CourseFact = { type: "CourseCompleted", data: { completedOn: "2026-06-26" } };
  const cancelled: CourseFact = { type: "CourseCancelled", data: { reason: "no-teacher" } };
  t.same(givenCourse(offered, started).when(reserve(1)), ["SeatReserved"]);
  t.equal(givenCourse(offered, started, completed).when(reserve(1)), "course-not-open");
  t.equal(givenCourse(offered, cancelled).when(reserve(1)), "course-not-open");
});

t.test("a course begins, ends or is cancelled once", async (t) => {
  const start = { type: "StartCourse", startedOn: "2026-03-02" } as const;
  const complete = { type: "CompleteCourse", completedOn: "2026-06-26" } as const;
  const cancel = { type: "CancelCourse", reason: "no-teacher" } as const;
  const started: CourseFact = { type: "CourseStarted", data: { startedOn: "2026-03-02" } };
  const completed: CourseFact = { type: "CourseCompleted", data: { completedOn: "2026-06-26" } };
  const cancelled: CourseFact = { type: "CourseCancelled", data: { reason: "no-teacher" } };
  t.same(givenCourse(offered).when(start), ["CourseStarted"]);
  t.same(givenCourse(offered).when(complete), ["CourseCompleted"], "an end that is told before the beginning is taken");
  t.same(givenCourse(offered, started).when(cancel), ["CourseCancelled"]);
  t.equal(givenCourse(offered, started).when(start), "already-done");
  t.equal(givenCourse(offered, completed).when(complete), "already-done");
  t.equal(givenCourse(offered, completed).when(cancel), "course-completed");
  t.equal(givenCourse(offered, cancelled).when(cancel), "already-done");
  t.equal(givenCourse(offered, cancelled).when(start), "course-cancelled");
  t.equal(givenCourse(offered, cancelled).when(complete), "course-cancelled");
});

t.test("nothing happens to a course that was never offered, and none is offered twice", async (t) => {
  t.equal(givenCourse().when(reserve(1)), "course-not-found");
  t.equal(givenCourse().when({ type: "CancelCourse", reason: "no-teacher" }), "course-not-found");
  t.equal(givenCourse(offered).when({ type: "OfferCourse", offer }), "already-done");
});
