import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import t from "tap";
import { courseContracts, trainingContracts, trainingStatus } from "@safar/contracts";
import { fold } from "@safar/kernel";
import type { CourseCommand } from "../src/domain/course/commands.ts";
import { decideCourse } from "../src/domain/course/decide.ts";
import { evolveCourse, initialCourse } from "../src/domain/course/state.ts";
import { decideTraining } from "../src/domain/case/decide.ts";
import { evolveTraining, initialTraining } from "../src/domain/case/state.ts";
import type { TrainingCommand } from "../src/domain/case/commands.ts";
import { content, id, offer, type CourseFact, type TrainingFact } from "./support/given.ts";

const enrolmentId = fc.integer({ min: 1, max: 4 }).map(id);
const courseId = fc.integer({ min: 101, max: 103 }).map(id);
const track = fc.constantFrom("trade" as const, "language" as const, "softSkills" as const);
const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-03-${String(day).padStart(2, "0")}`);
const reason = fc.constantFrom("candidate-withdrew", "moved-away");

const trainingCommand: fc.Arbitrary<TrainingCommand> = fc.oneof(
  fc.record({
    type: fc.constant("OrderTraining" as const),
    round: fc.integer({ min: 1, max: 2 }).map(id),
    corridor: fc.constant({ country: "DE", sector: "construction" }),
    requirementSetFrom: fc.constant("2026-01-01"),
    requires: fc.record({
      language: fc.constantFrom(null, { tag: "de", cefr: "B1" as const }),
      certificate: fc.boolean(),
      orientation: fc.constantFrom(null, "DE"),
      medical: fc.boolean(),
      workVisa: fc.boolean(),
      passportMonthsAfterContract: fc.constant(6),
    }),
    on: date,
  }),
  fc.record({
    type: fc.constant("Enrol" as const),
    enrolmentId,
    courseId,
    content: fc.constantFrom(content, { ...content, tracks: ["orientation" as const], destination: "DE" }, undefined),
    caseIsHeldOrEnded: fc.boolean(),
  }),
  fc.record({ type: fc.constant("RecordAttendance" as const), enrolmentId, on: date, present: fc.boolean() }),
  fc.record({ type: fc.constant("RecordAssessment" as const), enrolmentId, track, passed: fc.boolean(), heldOn: date }),
  fc.record({ type: fc.constant("ScheduleRetake" as const), enrolmentId, track, scheduledFor: date }),
  fc.record({
    type: fc.constant("IssueCertificate" as const),
    certificateId: fc.uuid(),
    enrolmentId,
    track,
    number: fc.constant("TKM-1"),
    issuedOn: date,
    validUntil: date,
    verificationCode: fc.constant("7F3A-09C2-D41B-88E0"),
  }),
  fc.record({
    type: fc.constant("CompleteOrientation" as const),
    enrolmentId: fc.option(enrolmentId, { nil: undefined }),
    destination: fc.constantFrom("DE", "JP", undefined),
    moduleVersion: fc.constant("1"),
    completedOn: date,
    identityProven: fc.boolean(),
    identityMethod: fc.constant("face-id" as const),
  }),
  fc.record({ type: fc.constant("CancelEnrolment" as const), enrolmentId, reason }),
  fc.record({ type: fc.constant("ReleaseEnrolments" as const), reason }),
  fc.record({
    type: fc.constant("ReleaseEnrolmentsOfCourse" as const),
    courseId,
    enrolmentIds: fc.array(enrolmentId, { maxLength: 3 }),
    reason,
  }),
);

const courseCommand: fc.Arbitrary<CourseCommand> = fc.oneof(
  fc.constant({ type: "OfferCourse" as const, offer }),
  fc.record({ type: fc.constant("ReserveSeat" as const), enrolmentId, caseId: courseId }),
  fc.record({ type: fc.constant("ReleaseSeat" as const), enrolmentId, caseId: courseId, reason }),
  fc.record({ type: fc.constant("StartCourse" as const), startedOn: date }),
  fc.record({ type: fc.constant("CompleteCourse" as const), completedOn: date }),
  fc.record({ type: fc.constant("CancelCourse" as const), reason }),
);

/** What a case comes to under commands; the facts that they left. */
const historyOf = (commands: readonly TrainingCommand[]): readonly TrainingFact[] => {
  let state = initialTraining;
  return commands.flatMap((command) => {
    const decision = decideTraining(state, command);
    if (!decision.accepted) return [];
    state = fold(evolveTraining, state, decision.facts);
    return [...decision.facts];
  });
};

const courseHistoryOf = (commands: readonly CourseCommand[]): readonly CourseFact[] => {
  let state = initialCourse;
  return commands.flatMap((command) => {
    const decision = decideCourse(state, command);
    if (!decision.accepted) return [];
    state = fold(evolveCourse, state, decision.facts);
    return [...decision.facts];
  });
};

const histories = fc.array(trainingCommand, { maxLength: 60 }).map(historyOf);
const courseHistories = fc.array(courseCommand, { maxLength: 40 }).map(courseHistoryOf);
const STATUSES = ["ordered", "enrolled", "inProgress", "assessed", "certified"];

/** As it lies in a read model. */
const stored = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

t.test("whatever is recorded keeps its contract", async (t) => {
  const property = fc.property(histories, courseHistories, (facts, courseFacts) => {
    for (const { type, data } of facts) trainingContracts.find(type)!.schema.parse(data);
    for (const { type, data } of courseFacts) courseContracts.find(type)!.schema.parse(data);
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("any facts in any order fold to a state that has a word", async (t) => {
  const shuffled = histories.chain((facts) => fc.shuffledSubarray([...facts], { minLength: facts.length }));
  const property = fc.property(shuffled, (facts) =>
    STATUSES.includes(trainingStatus(fold(evolveTraining, initialTraining, facts).lifecycle)),
  );
  t.doesNotThrow(() => fc.assert(property));
});

t.test("replaying a history is the same as following it, also from a state that was stored", async (t) => {
  const property = fc.property(histories, fc.nat(), (facts, cut) => {
    const at = cut % (facts.length + 1);
    const resumed = fold(
      evolveTraining,
      stored(fold(evolveTraining, initialTraining, facts.slice(0, at))),
      facts.slice(at),
    );
    return isDeepStrictEqual(stored(resumed), stored(fold(evolveTraining, initialTraining, facts)));
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("done twice is done once", async (t) => {
  // Another sitting of an examination is another fact.
  const isAnotherFact = ({ type }: TrainingCommand) => type === "RecordAssessment";
  const property = fc.property(fc.array(trainingCommand, { maxLength: 30 }), trainingCommand, (commands, command) => {
    const before = fold(evolveTraining, initialTraining, historyOf(commands));
    const first = decideTraining(before, command);
    if (isAnotherFact(command) || !first.accepted) return true;
    return !decideTraining(fold(evolveTraining, before, first.facts), command).accepted;
  });
  t.doesNotThrow(() => fc.assert(property));
});

t.test("a course never has more seats taken than it has", async (t) => {
  const property = fc.property(courseHistories, (facts) =>
    facts.every((_fact, index) => {
      const state = fold(evolveCourse, initialCourse, facts.slice(0, index + 1));
      return Object.keys(state.seats).length <= offer.capacity;
    }),
  );
  t.doesNotThrow(() => fc.assert(property));
});

t.test("no certificate of a course stands without every track of it passed before", async (t) => {
  const property = fc.property(histories, (facts) =>
    facts.every((fact, index) => {
      if (fact.type !== "CertificateIssued") return true;
      const { enrolments } = fold(evolveTraining, initialTraining, facts.slice(0, index));
      const enrolment = enrolments[fact.data.enrolmentId];
      return offer.tracks.every((track) => enrolment?.results[track]?.passed);
    }),
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1000 }));
});
