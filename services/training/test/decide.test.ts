import t from "tap";
import { trainingStatus } from "@safar/contracts";
import {
  cancelled,
  certified,
  content,
  enrolled,
  failed,
  givenTraining,
  id,
  oriented,
  passed,
  type TrainingFact,
} from "./support/given.ts";

const requires = {
  language: { tag: "de", cefr: "B1" as const },
  certificate: true,
  orientation: "DE",
  medical: false,
  workVisa: true,
  passportMonthsAfterContract: 6,
};
const order = (given: object = {}) =>
  ({
    type: "OrderTraining",
    round: id(4),
    corridor: { country: "DE", sector: "construction" },
    requirementSetFrom: "2026-01-01",
    requires,
    on: "2026-08-01",
    ...given,
  }) as const;
const enrol = (n: number, given: object = {}) =>
  ({ type: "Enrol", enrolmentId: id(n), courseId: id(100 + n), content, caseIsHeldOrEnded: false, ...given }) as const;
const assess = (n: number, track: "trade" | "language", isPassed: boolean, given: object = {}) =>
  ({
    type: "RecordAssessment",
    enrolmentId: id(n),
    track,
    passed: isPassed,
    heldOn: "2026-06-20",
    ...given,
  }) as const;
const certify = (n: number, track: "trade" | "language", given: object = {}) =>
  ({
    type: "IssueCertificate",
    certificateId: id(500 + n),
    enrolmentId: id(n),
    track,
    number: "TKM-1",
    issuedOn: "2026-06-26",
    validUntil: "2028-06-25",
    verificationCode: "7F3A-09C2-D41B-88E0",
    ...given,
  }) as const;
const orient = (given: object = {}) =>
  ({
    type: "CompleteOrientation",
    destination: "DE",
    moduleVersion: "1",
    completedOn: "2026-07-01",
    identityProven: true,
    identityMethod: "document",
    ...given,
  }) as const;

const missingOf = (given: ReturnType<typeof givenTraining>, command = order()) => {
  const decision = given.decide(command);
  const [fact] = decision.accepted ? decision.facts : [];
  return fact?.type === "TrainingOrdered" ? fact.data.missing : undefined;
};

t.test("an order asks for what the corridor requires and the case does not hold yet", async (t) => {
  t.same(missingOf(givenTraining()), ["trade", "language", "orientation"]);
  t.same(missingOf(givenTraining(certified(1, "trade"), oriented("DE"))), ["language"]);
  t.same(missingOf(givenTraining(certified(1, "trade"), certified(1, "language"), oriented("TR"))), ["orientation"]);
});

t.test("an order is on record also where nothing is missing", async (t) => {
  t.same(missingOf(givenTraining(certified(1, "trade"), certified(1, "language"), oriented("DE"))), []);
});

t.test(
  "a certificate counts at the required level or above, in the same language, and while it is valid",
  async (t) => {
    const holding = (given: object) =>
      missingOf(givenTraining(certified(1, "language", given)), order())?.includes("language");
    t.equal(holding({ cefr: "B1" }), false);
    t.equal(holding({ cefr: "C1" }), false);
    t.equal(holding({ language: "de-AT" }), false);
    t.equal(holding({ cefr: "A2" }), true);
    t.equal(holding({ language: "en" }), true);
    t.equal(holding({ validUntil: "2026-08-01" }), false, "its last day counts");
    t.equal(holding({ validUntil: "2026-07-31" }), true);
  },
);

t.test("each round is ordered for once, unless something else is missing by then", async (t) => {
  const ordered: TrainingFact = {
    type: "TrainingOrdered",
    data: {
      round: id(4),
      corridor: { country: "DE", sector: "construction" },
      requirementSetFrom: "2026-01-01",
      missing: ["language", "orientation"],
    },
  };
  const trade = certified(1, "trade", { validUntil: "2026-12-31" });
  t.equal(givenTraining(trade, ordered).when(order()), "already-done");
  t.same(givenTraining(trade, ordered).when(order({ on: "2027-01-01" })), ["TrainingOrdered"]);
  t.same(givenTraining(trade, ordered).when(order({ requirementSetFrom: "2026-06-01" })), ["TrainingOrdered"]);
  t.same(givenTraining(trade, ordered).when(order({ round: id(5) })), ["TrainingOrdered"]);
});

t.test("a case enrols without an order, in several courses, but in each once", async (t) => {
  t.same(givenTraining().when(enrol(1)), ["Enrolled"]);
  t.same(givenTraining(enrolled(1)).when(enrol(2)), ["Enrolled"]);
  t.equal(givenTraining(enrolled(1)).when(enrol(2, { courseId: id(101) })), "already-enrolled");
  t.same(givenTraining(enrolled(1), cancelled(1)).when(enrol(2, { courseId: id(101) })), ["Enrolled"]);
});

t.test("a case that is held takes no seat, and nobody a seat in a course that is not there", async (t) => {
  t.equal(givenTraining().when(enrol(1, { caseIsHeldOrEnded: true })), "case-not-active");
  t.equal(givenTraining().when(enrol(1, { content: undefined })), "course-not-found");
});

t.test("an enrolment that was cancelled before it was recorded stays cancelled", async (t) => {
  const release = {
    type: "ReleaseEnrolmentsOfCourse",
    courseId: id(101),
    enrolmentIds: [id(1)],
    reason: "cancelled",
  } as const;
  t.same(givenTraining().when(release), ["EnrolmentCancelled"]);
  t.equal(givenTraining(cancelled(1)).when(release), "already-done");
  t.equal(givenTraining(cancelled(1)).when(enrol(1)), "enrolment-cancelled");
});

t.test("attendance is recorded by day, and a second entry corrects the first", async (t) => {
  const attend = (present: boolean) =>
    ({ type: "RecordAttendance", enrolmentId: id(1), on: "2026-03-02", present }) as const;
  const there: TrainingFact = {
    type: "AttendanceRecorded",
    data: { enrolmentId: id(1), on: "2026-03-02", present: true },
  };
  t.same(givenTraining(enrolled(1)).when(attend(true)), ["AttendanceRecorded"]);
  t.equal(givenTraining(enrolled(1), there).when(attend(true)), "already-done");
  t.same(givenTraining(enrolled(1), there).when(attend(false)), ["AttendanceRecorded"]);
  t.equal(givenTraining().when(attend(true)), "not-enrolled");
});

t.test("an examination that was held is on record whatever became of the case", async (t) => {
  t.same(givenTraining(enrolled(1), cancelled(1)).when(assess(1, "trade", true)), ["AssessmentPassed"]);
  t.same(givenTraining(enrolled(1)).when(assess(1, "trade", false)), ["AssessmentFailed"]);
  t.equal(givenTraining(enrolled(1, { tracks: ["trade"] })).when(assess(1, "language", true)), "track-not-in-course");
  t.equal(givenTraining().when(assess(1, "trade", true)), "not-enrolled");
});

t.test("what was passed stays passed", async (t) => {
  const given = givenTraining(enrolled(1), passed(1, "trade"));
  t.equal(given.when(assess(1, "trade", true)), "already-done");
  t.equal(given.when(assess(1, "trade", false)), "already-passed");
});

t.test("the level of a language is what was reached, or else what the course leads to", async (t) => {
  const cefrOf = (given: object) => {
    const decision = givenTraining(enrolled(1)).decide(assess(1, "language", true, given));
    const [fact] = decision.accepted ? decision.facts : [];
    return fact?.type === "AssessmentPassed" ? fact.data.cefr : undefined;
  };
  t.equal(cefrOf({ cefr: "B2" }), "B2");
  t.equal(cefrOf({}), "B1");
});

t.test("only a failed examination is retaken, and each retake is another attempt", async (t) => {
  const retake = { type: "ScheduleRetake", enrolmentId: id(1), track: "language", scheduledFor: "2026-07-10" } as const;
  const scheduled: TrainingFact = {
    type: "RetakeScheduled",
    data: { enrolmentId: id(1), track: "language", attempt: 2, scheduledFor: "2026-07-10" },
  };
  t.equal(givenTraining(enrolled(1)).when(retake), "nothing-to-retake");
  t.equal(givenTraining(enrolled(1), passed(1, "language")).when(retake), "nothing-to-retake");
  t.same(givenTraining(enrolled(1), failed(1, "language")).when(retake), ["RetakeScheduled"]);
  t.equal(givenTraining(enrolled(1), failed(1, "language"), scheduled).when(retake), "already-done");
  t.equal(givenTraining(enrolled(1), failed(1, "language"), cancelled(1)).when(retake), "enrolment-cancelled");
  const decision = givenTraining(enrolled(1), failed(1, "language"), scheduled).decide(assess(1, "language", true));
  t.match(decision, { accepted: true, facts: [{ type: "AssessmentPassed", data: { attempt: 2 } }] });
});

t.test("no certificate of a kasb + til course before both trade and language are passed", async (t) => {
  const half = givenTraining(enrolled(1), passed(1, "trade"));
  t.match(half.decide(certify(1, "trade")), {
    accepted: false,
    refusal: { code: "tracks-not-passed", params: { missing: "language" } },
  });
  const both = givenTraining(enrolled(1), passed(1, "trade"), passed(1, "language"));
  t.same(both.when(certify(1, "trade")), ["CertificateIssued"]);
  t.same(both.when(certify(1, "language")), ["CertificateIssued"]);
});

t.test("a certificate says what was learned: the occupation of a trade, the level of a language", async (t) => {
  const both = givenTraining(enrolled(1), passed(1, "trade"), passed(1, "language", { cefr: "B2" }));
  t.match(both.decide(certify(1, "trade")), { facts: [{ data: { isco: "7112" } }] });
  t.match(both.decide(certify(1, "language")), { facts: [{ data: { language: "de", cefr: "B2" } }] });
});

t.test("each track is certified once, and a certificate ends after it begins", async (t) => {
  const both = [enrolled(1), passed(1, "trade"), passed(1, "language")];
  t.equal(givenTraining(...both, certified(1, "trade")).when(certify(1, "trade")), "already-done");
  t.same(givenTraining(...both, certified(1, "trade")).when(certify(1, "language")), ["CertificateIssued"]);
  t.same(givenTraining(...both, certified(2, "trade")).when(certify(1, "trade")), ["CertificateIssued"]);
  t.equal(givenTraining(...both).when(certify(1, "trade", { validUntil: "2026-06-25" })), "validity-ends-too-early");
  t.equal(givenTraining().when(certify(1, "trade")), "not-enrolled");
});

t.test("no orientation is complete without a proven identity", async (t) => {
  t.equal(givenTraining().when(orient({ identityProven: false })), "identity-not-proven");
  t.same(givenTraining().when(orient()), ["OrientationCompleted"]);
  t.equal(givenTraining(oriented("DE")).when(orient()), "already-done");
  t.same(givenTraining(oriented("TR")).when(orient()), ["OrientationCompleted"]);
});

t.test("an orientation in a course is for the destination of that course", async (t) => {
  const seat = enrolled(1, { tracks: ["orientation"], destination: "JP" });
  const inCourse = orient({ enrolmentId: id(1), destination: undefined });
  t.match(givenTraining(seat).decide(inCourse), { facts: [{ data: { destination: "JP", enrolmentId: id(1) } }] });
  t.equal(givenTraining(enrolled(1)).when(inCourse), "track-not-in-course");
  t.equal(givenTraining().when(inCourse), "not-enrolled");
  t.equal(givenTraining().when(orient({ destination: undefined })), "destination-missing");
});

t.test("an enrolment is cancelled once, and not after it is complete", async (t) => {
  const cancel = { type: "CancelEnrolment", enrolmentId: id(1), reason: "moved-away" } as const;
  const complete = [enrolled(1), passed(1, "trade"), passed(1, "language")];
  t.same(givenTraining(enrolled(1)).when(cancel), ["EnrolmentCancelled"]);
  t.equal(givenTraining(enrolled(1), cancelled(1)).when(cancel), "already-done");
  t.equal(givenTraining(...complete).when(cancel), "enrolment-completed");
  t.equal(givenTraining().when(cancel), "not-enrolled");
});

t.test("who stops gives back every seat that is still needed, and keeps what was achieved", async (t) => {
  const release = { type: "ReleaseEnrolments", reason: "candidate-withdrew" } as const;
  const complete = [enrolled(1), passed(1, "trade"), passed(1, "language")];
  const decision = givenTraining(...complete, enrolled(2), enrolled(3)).decide(release);
  t.same(decision.accepted && decision.facts.map(({ data }) => "enrolmentId" in data && data.enrolmentId), [
    id(2),
    id(3),
  ]);
  t.equal(givenTraining(...complete).when(release), "already-done");
  t.equal(givenTraining(enrolled(2), cancelled(2)).when(release), "already-done");
  const orientation = enrolled(3, { tracks: ["orientation"], destination: "DE" });
  t.same(givenTraining(orientation, oriented("DE")).when(release), ["EnrolmentCancelled"], "taken elsewhere");
  t.equal(givenTraining(orientation, oriented("DE", { enrolmentId: id(3) })).when(release), "already-done");
});

t.test("the state of a case's training is that of what changed last", async (t) => {
  const statusOf = (...facts: readonly TrainingFact[]) => trainingStatus(givenTraining(...facts).state.lifecycle);
  const ordered = (missing: ("language" | "orientation")[]): TrainingFact => ({
    type: "TrainingOrdered",
    data: { round: id(4), corridor: { country: "DE", sector: "x" }, requirementSetFrom: "2026-01-01", missing },
  });
  const there: TrainingFact = {
    type: "AttendanceRecorded",
    data: { enrolmentId: id(1), on: "2026-03-02", present: true },
  };
  t.equal(statusOf(ordered(["language"])), "ordered");
  t.equal(statusOf(enrolled(1)), "enrolled");
  t.equal(statusOf(enrolled(1), there), "inProgress");
  t.equal(statusOf(enrolled(1), there, failed(1, "language")), "assessed");
  t.equal(statusOf(enrolled(1), passed(1, "trade"), certified(1, "trade")), "assessed", "half of kasb + til");
  t.equal(statusOf(enrolled(1), certified(1, "trade"), certified(1, "language")), "certified");
  t.equal(statusOf(enrolled(1), certified(1, "trade"), certified(1, "language"), there), "certified", "a late entry");
  t.equal(statusOf(enrolled(1), certified(1, "trade"), certified(1, "language"), ordered([])), "certified");
  t.equal(statusOf(enrolled(1), certified(1, "trade"), certified(1, "language"), ordered(["orientation"])), "ordered");
  t.equal(statusOf(ordered(["orientation"]), oriented("DE")), "certified");
  t.equal(statusOf(enrolled(1), enrolled(2), cancelled(2)), "enrolled");
  t.equal(statusOf(enrolled(1), cancelled(1)), "ordered");
});
