import t from "tap";
import { applicationIdOf } from "@safar/kernel";
import { acceptOffer, register, registration, STOPS } from "./support/elsewhere.ts";
import { done, languageCourse, openDoors, orientationCourse } from "./support/doors.ts";

/** What training does by itself when another service, or training itself, records something. */

const doors = await openDoors(t);
const { node, trainer } = doors;
const { kit } = node;
const construction = { country: "DE", sector: "construction" };

const training = (caseId: string) => doors.shown(`/training/cases/${caseId}`);
const seatsOf = async (courseId: string): Promise<readonly string[]> =>
  Object.keys((await doors.shown(`/training/courses/${courseId}`)).data.seats);
const typesOf = async (stream: string): Promise<readonly string[]> =>
  (await doors.eventsOf(stream)).map(({ type }) => type);

/** A case with a certificate in the language, and one seat that it still needs. */
const withCertificateAndSeat = async () => {
  const caseId = await doors.newCase();
  const [language, orientation] = [await doors.newCourse(languageCourse), await doors.newCourse(orientationCourse)];
  const passed = await doors.enrol(caseId, language);
  await doors.pass(caseId, passed, "language");
  const certificate = { enrolmentId: passed, track: "language", number: "TKM-1", validUntil: "2030-06-25" };
  done(await trainer.post(`/training/cases/${caseId}/certificates`, certificate));
  const enrolmentId = await doors.enrol(caseId, orientation);
  await node.settled();
  return { caseId, language, orientation, passed, enrolmentId };
};

t.test("an accepted offer orders what the corridor requires and the case does not hold", async (t) => {
  const { caseId } = await withCertificateAndSeat();
  const round = await acceptOffer(kit, caseId, construction);
  const { data, destination } = await training(caseId);
  t.match(data.order, {
    round,
    corridor: construction,
    requirementSetFrom: "2026-01-01",
    missing: ["trade", "orientation"],
  });
  t.equal(destination, "DE");
});

t.test("an order opens the stream of a case that has not been trained at all", async (t) => {
  const caseId = await doors.newCase();
  await acceptOffer(kit, caseId, construction);
  t.match(await training(caseId), {
    state: "ordered",
    data: { order: { missing: ["trade", "language", "orientation"] } },
  });
});

t.test("where nothing is missing, the order says so", async (t) => {
  const caseId = await doors.newCase();
  const orientation = { destination: "TR", moduleVersion: "1", identityProven: true, identityMethod: "document" };
  done(await trainer.post(`/training/cases/${caseId}/orientations`, orientation));
  await acceptOffer(kit, caseId, { country: "TR", sector: "construction" });
  t.match(await training(caseId), { state: "certified", data: { order: { missing: [] } } });
});

t.test("a corridor that asks for no training orders none", async (t) => {
  const caseId = await doors.newCase();
  await acceptOffer(kit, caseId, { country: "PL", sector: "agriculture" });
  await node.settled();
  t.same(await typesOf(`training-${caseId}`), []);
});

t.test("the same offer is ordered for once, however often its acceptance comes", async (t) => {
  const caseId = await doors.newCase();
  await acceptOffer(kit, caseId, construction);
  await node.settled();
  const [event] = (await doors.eventsOf(`training-${caseId}`)).filter(({ type }) => type === "TrainingOrdered");
  t.match(event?.meta, { actor: { kind: "system" }, caseId });
  const [cause] = await doors.eventsOf(`application-${String(event?.data["round"])}`);
  t.equal(event?.meta.causationId, cause?.id);
  t.same(applicationIdOf(caseId, String(cause?.data["vacancyId"])), event?.data["round"]);
});

t.test("whatever stops a case gives its seat back and leaves what was achieved", async (t) => {
  for (const [type, data, reason] of STOPS) {
    const { caseId, language, orientation, passed, enrolmentId } = await withCertificateAndSeat();
    await registration(kit, caseId, { type, data });
    t.same(await seatsOf(orientation), [], type);
    t.same(await seatsOf(language), [passed]);
    t.match(await training(caseId), {
      state: "certified",
      data: { enrolments: { [enrolmentId]: { cancelled: true } } },
    });
    t.match((await doors.eventsOf(`training-${caseId}`)).at(-1), {
      type: "EnrolmentCancelled",
      data: { reason },
      meta: { reasonCode: reason },
    });
  }
});

t.test("a case that stops without a seat leaves no trace in training", async (t) => {
  const caseId = await doors.newCase();
  await registration(kit, caseId, { type: "CandidateWithdrew", data: { reason: "family-reasons" } });
  await node.settled();
  t.same(await typesOf(`training-${caseId}`), []);
});

t.test("a course that is cancelled reaches everybody who sits in it", async (t) => {
  const courseId = await doors.newCourse();
  const cases = [await doors.newCase(), await doors.newCase()];
  for (const caseId of cases) await doors.enrol(caseId, courseId);
  done(await trainer.post(`/training/courses/${courseId}/cancellations`, { reason: "no-teacher" }));
  await node.settled();
  for (const caseId of cases)
    t.match((await doors.eventsOf(`training-${caseId}`)).at(-1), {
      type: "EnrolmentCancelled",
      data: { courseId, reason: "course-cancelled" },
    });
  t.same(await seatsOf(courseId), []);
});

t.test("nothing that training asks of itself is refused", async (t) => {
  await node.settled();
  t.same(await doors.refusedReactions(), []);
});

t.test("a case that ended while its enrolment was under way loses the seat again", async (t) => {
  const caseId = kit.environment.random.uuid();
  await register(kit, caseId, 900);
  const courseId = await doors.newCourse();
  // Both at once: whichever the command saw, no seat of an ended case is left.
  await Promise.all([
    trainer.post(`/training/cases/${caseId}/enrolments`, { courseId }),
    registration(kit, caseId, { type: "CandidateWithdrew", data: { reason: "family-reasons" } }),
  ]);
  t.same(await seatsOf(courseId), []);
});
