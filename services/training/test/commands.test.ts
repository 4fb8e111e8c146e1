import t from "tap";
import { registration } from "./support/elsewhere.ts";
import { courseBody, done, languageCourse, nowhere, openDoors, orientationCourse } from "./support/doors.ts";

/** Each command once as it is meant and once as it is refused; who may send it is in access.test.ts. */

const doors = await openDoors(t);
const { trainer } = doors;
const at = (caseId: string, noun: string): string => `/training/cases/${caseId}/${noun}`;

t.test("a course is offered, and what its tracks cannot be taught without is named", async (t) => {
  const offered = await trainer.post("/training/courses", courseBody());
  t.equal(offered.status, 201);
  t.equal(offered.headers.get("location"), `/training/courses/${offered.body.id}`);
  t.match(await doors.shown(`/training/courses/${offered.body.id}`), {
    state: "offered",
    data: { offer: { capacity: 3 } },
  });
  const broken = courseBody({ isco: undefined, cefr: undefined, tracks: ["trade", "language", "orientation"] });
  const refused = await trainer.post("/training/courses", broken);
  t.equal(refused.status, 400);
  t.same(
    refused.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    [
      ["/isco", "required"],
      ["/cefr", "required"],
      ["/destination", "required"],
    ],
  );
});

t.test("a language is kept by its canonical tag, and one that is none is refused", async (t) => {
  const id = await doors.newCourse({ language: "DE" });
  t.match(await doors.shown(`/training/courses/${id}`), { data: { offer: { language: "de" } } });
  const refused = await trainer.post("/training/courses", courseBody({ language: "elvish" }));
  t.match(refused, { status: 400, body: { errors: [{ pointer: "/language" }] } });
});

t.test("a course begins, ends and is cancelled", async (t) => {
  const id = await doors.newCourse();
  const state = async () => (await doors.shown(`/training/courses/${id}`)).state;
  t.equal((await trainer.post(`/training/courses/${id}/starts`, { startedOn: "2026-03-02" })).status, 200);
  t.equal(await state(), "started");
  t.equal((await trainer.post(`/training/courses/${id}/starts`, {})).body.code, "already-done");
  t.equal((await trainer.post(`/training/courses/${id}/completions`, {})).status, 200);
  t.equal(await state(), "completed");
  t.equal((await trainer.post(`/training/courses/${id}/completions`, {})).body.code, "already-done");
  t.equal(
    (await trainer.post(`/training/courses/${id}/cancellations`, { reason: "no-teacher" })).body.code,
    "course-completed",
  );
  const other = await doors.newCourse();
  t.equal((await trainer.post(`/training/courses/${other}/cancellations`, { reason: "no-teacher" })).status, 200);
  t.match(await trainer.post(`/training/courses/${nowhere}/starts`, {}), {
    status: 404,
    body: { code: "course-not-found" },
  });
});

t.test("a fact that is entered late keeps its own date", async (t) => {
  const id = await doors.newCourse();
  const effectiveAt = "2026-03-02T04:00:00Z";
  await trainer.post(`/training/courses/${id}/starts`, { startedOn: "2026-03-02", effectiveAt });
  t.match((await doors.eventsOf(`course-${id}`)).at(-1), { type: "CourseStarted", meta: { effectiveAt } });
});

t.test("a candidate gets a seat, and the answer to a repeat is the same", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
  const first = await trainer.post(at(caseId, "enrolments"), { courseId }, { key: "seat" });
  t.equal(first.status, 200);
  t.equal(first.body.caseId, caseId);
  const again = await trainer.post(at(caseId, "enrolments"), { courseId }, { key: "seat" });
  t.same(again.body, first.body);
  t.equal((await trainer.post(at(caseId, "enrolments"), { courseId })).body.code, "already-enrolled");
  t.match(await doors.shown(`/training/cases/${caseId}`), {
    state: "enrolled",
    data: { enrolments: { [first.body.id]: { courseId, content: { tracks: ["trade", "language"] } } } },
  });
  t.same((await doors.shown(`/training/courses/${courseId}`)).data.seats, { [first.body.id]: caseId });
});

t.test(
  "there is no seat in a course that is not there, for a case that is not there, or for one that is held",
  async (t) => {
    const [caseId, courseId] = [await doors.newCase(), await doors.newCourse()];
    t.match(await trainer.post(at(caseId, "enrolments"), { courseId: nowhere }), {
      status: 404,
      body: { code: "course-not-found" },
    });
    t.equal((await trainer.post(at(nowhere, "enrolments"), { courseId })).status, 404);
    await registration(doors.node.kit, caseId, { type: "CaseSuspended", data: { reason: "document-check" } });
    t.match(await trainer.post(at(caseId, "enrolments"), { courseId }), {
      status: 409,
      body: { code: "case-not-active" },
    });
    t.same((await doors.shown(`/training/courses/${courseId}`)).data.seats, {});
  },
);

t.test("attendance is recorded by day", async (t) => {
  const caseId = await doors.newCase();
  const enrolmentId = await doors.enrol(caseId, await doors.newCourse());
  const there = { enrolmentId, on: "2026-03-02", present: true };
  t.equal((await trainer.post(at(caseId, "attendances"), there)).status, 200);
  t.equal((await trainer.post(at(caseId, "attendances"), there)).body.code, "already-done");
  t.match(await trainer.post(at(caseId, "attendances"), { ...there, enrolmentId: nowhere }), {
    status: 409,
    body: { code: "not-enrolled" },
  });
  t.equal((await doors.shown(`/training/cases/${caseId}`)).state, "inProgress");
});

t.test("an examination is failed, retaken and passed", async (t) => {
  const caseId = await doors.newCase();
  const enrolmentId = await doors.enrol(caseId, await doors.newCourse(languageCourse));
  const exam = { enrolmentId, track: "language", passed: false, score: 41 };
  const retake = { enrolmentId, track: "language", scheduledFor: "2026-07-10" };
  t.equal((await trainer.post(at(caseId, "retakes"), retake)).body.code, "nothing-to-retake");
  t.equal((await trainer.post(at(caseId, "assessments"), exam)).status, 200);
  t.equal((await doors.shown(`/training/cases/${caseId}`)).state, "assessed");
  t.equal((await trainer.post(at(caseId, "retakes"), retake)).status, 200);
  t.equal((await doors.shown(`/training/cases/${caseId}`)).state, "inProgress");
  t.equal((await trainer.post(at(caseId, "assessments"), { ...exam, passed: true, score: 74.5 })).status, 200);
  t.match((await doors.eventsOf(`training-${caseId}`)).at(-1), {
    type: "AssessmentPassed",
    data: { attempt: 2, cefr: "B1" },
  });
  const other = await trainer.post(at(caseId, "assessments"), { ...exam, track: "trade" });
  t.same([other.status, other.body.code], [409, "track-not-in-course"]);
});

t.test("a certificate of kasb + til needs both, and carries a code to look it up by", async (t) => {
  const caseId = await doors.newCase();
  const enrolmentId = await doors.enrol(caseId, await doors.newCourse());
  const certificate = { enrolmentId, track: "trade", number: "TKM-1", validUntil: "2030-06-25" };
  await doors.pass(caseId, enrolmentId, "trade");
  const early = await trainer.post(at(caseId, "certificates"), certificate, { headers: { "accept-language": "ru" } });
  t.same([early.status, early.body.code], [409, "tracks-not-passed"]);
  t.match(early.body.detail, /language/);
  await doors.pass(caseId, enrolmentId, "language");
  const trade = await trainer.post(at(caseId, "certificates"), certificate);
  t.equal(trade.status, 200);
  t.equal((await doors.shown(`/training/cases/${caseId}`)).state, "assessed");
  done(await trainer.post(at(caseId, "certificates"), { ...certificate, track: "language", number: "TKM-2" }));
  const { state, data } = await doors.shown(`/training/cases/${caseId}`);
  t.equal(state, "certified");
  t.match(data.certificates, [
    { certificateId: trade.body.id, track: "trade", isco: "7112", verificationCode: /^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/ },
    { track: "language", language: "de", cefr: "B1" },
  ]);
  t.not(data.certificates[0].verificationCode, data.certificates[1].verificationCode);
});

t.test("an orientation is completed with a proven identity, in a course or without", async (t) => {
  const caseId = await doors.newCase();
  const enrolmentId = await doors.enrol(caseId, await doors.newCourse(orientationCourse));
  const orientation = { moduleVersion: "1", identityProven: true, identityMethod: "face-id" };
  const unproven = { ...orientation, enrolmentId, identityProven: false };
  t.equal((await trainer.post(at(caseId, "orientations"), unproven)).body.code, "identity-not-proven");
  t.equal((await trainer.post(at(caseId, "orientations"), { ...orientation, enrolmentId })).status, 200);
  t.equal((await trainer.post(at(caseId, "orientations"), { ...orientation, destination: "TR" })).status, 200);
  t.match(await trainer.post(at(caseId, "orientations"), orientation), {
    status: 422,
    body: { code: "destination-missing" },
  });
  const { data } = await doors.shown(`/training/cases/${caseId}`);
  t.match(data.orientations, [{ destination: "DE", enrolmentId }, { destination: "TR" }]);
});

t.test("trade, language and orientation are three enrolments in one case", async (t) => {
  const caseId = await doors.newCase();
  await doors.enrol(caseId, await doors.newCourse({ tracks: ["trade"], language: undefined, cefr: undefined }));
  await doors.enrol(caseId, await doors.newCourse(languageCourse));
  await doors.enrol(caseId, await doors.newCourse(orientationCourse));
  t.equal(Object.keys((await doors.shown(`/training/cases/${caseId}`)).data.enrolments).length, 3);
});

t.test("an enrolment that is cancelled gives its seat back", async (t) => {
  const [caseId, courseId] = [await doors.newCase(), await doors.newCourse({ capacity: 1 })];
  const enrolmentId = await doors.enrol(caseId, courseId);
  const other = await doors.newCase();
  t.equal((await trainer.post(at(other, "enrolments"), { courseId })).body.code, "course-full");
  const cancellation = { enrolmentId, reason: "moved-away" };
  t.equal((await trainer.post(at(caseId, "cancellations"), cancellation)).status, 200);
  t.equal((await trainer.post(at(caseId, "cancellations"), cancellation)).body.code, "already-done");
  await doors.node.settled();
  t.equal((await trainer.post(at(other, "enrolments"), { courseId })).status, 200);
});
