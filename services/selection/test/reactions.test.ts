import t from "tap";
import { whenCaseStops } from "../src/reactions/when-case-stops.ts";
import { done, openDoors } from "./support/doors.ts";
import {
  consentGiven,
  consentWithdrawn,
  cvPublished,
  interestIn,
  recordOnCase,
  resumed,
  suspended,
  verified,
} from "./support/elsewhere.ts";

/** What selection does by itself when another service, or selection itself, records something. */

const doors = await openDoors(t);
const { node, selector, registrar } = doors;
const { kit } = node;
const employerId = await doors.newEmployer();

const isMatchable = async (caseId: string): Promise<boolean> => {
  await node.settled();
  const { body } = await selector.get("/selection/matchable?isco=8332&limit=500");
  return (body.items as { caseId: string }[]).some((item) => item.caseId === caseId);
};
const application = (id: string) => doors.stateOf(`/selection/applications/${id}`);
const vacancy = (id: string) => doors.stateOf(`/selection/vacancies/${id}`);
const accept = async (id: string): Promise<void> =>
  void done(await registrar.post(`/selection/applications/${id}/acceptances`, {}));

/** A candidate with an accepted offer of a vacancy of one position. */
const withAcceptedOffer = async () => {
  const caseId = await doors.newCase();
  const vacancyId = await doors.newVacancy(employerId, { positions: 1 });
  const id = await doors.offered(vacancyId, caseId);
  await accept(id);
  return { caseId, vacancyId, id };
};

t.test("identity verified and a CV published, in either order, open the CV to matching", async (t) => {
  for (const order of [
    [verified, cvPublished()],
    [cvPublished(), verified],
  ]) {
    const caseId = await doors.newCase();
    for (const fact of order) {
      t.notOk(await isMatchable(caseId));
      await recordOnCase(kit, "registration", { caseId }, fact);
    }
    t.ok(await isMatchable(caseId));
  }
});

t.test("a case that stops is closed to matching, and open again when it goes on", async (t) => {
  const caseId = await doors.newCase();
  await recordOnCase(kit, "registration", { caseId }, verified, cvPublished());
  t.ok(await isMatchable(caseId));
  await recordOnCase(kit, "registration", { caseId }, suspended);
  t.notOk(await isMatchable(caseId));
  await recordOnCase(kit, "registration", { caseId }, resumed);
  t.ok(await isMatchable(caseId));
});

t.test("a consent that is withdrawn stops sharing at once", async (t) => {
  const caseId = await doors.newCase();
  const vacancyId = await doors.newVacancy(employerId);
  await recordOnCase(kit, "registration", { caseId }, verified, cvPublished(), interestIn(vacancyId));
  const id = await doors.apply(vacancyId, caseId);
  const employer = await doors.employerOf(employerId);
  t.equal((await employer.post(`/selection/applications/${id}/cv-views`, {})).status, 200);
  t.equal((await employer.get(`/selection/applications/${id}/cv`)).status, 200);
  await recordOnCase(kit, "registration", { caseId }, consentWithdrawn);
  t.equal((await employer.get(`/selection/applications/${id}/cv`)).status, 409);
  t.notOk(await isMatchable(caseId));
  t.match(await application(id), { state: "applicationWithdrawn" });
  await recordOnCase(kit, "registration", { caseId }, consentGiven("placement", "employers"));
  t.ok(await isMatchable(caseId));
});

t.test("an accepted offer takes its position, and the last one fills the vacancy", async (t) => {
  const { vacancyId } = await withAcceptedOffer();
  t.match(await vacancy(vacancyId), { state: "filled" });
});

t.test("whatever stops a case releases its positions and withdraws its applications, with the reason", async (t) => {
  const stops: readonly (readonly [string, object, string])[] = [
    ["CandidateWithdrew", { reason: "family-reasons" }, "candidate-withdrew"],
    ["CaseSuspended", { reason: "document-check" }, "case-suspended"],
    ["ConsentWithdrawn", { withdrawnOn: "2026-02-16" }, "consent-withdrawn"],
    [
      "DuplicateSuspected",
      { otherCaseId: kit.environment.random.uuid(), otherPersonId: kit.environment.random.uuid(), basis: ["passport"] },
      "duplicate-suspected",
    ],
    ["CaseMerged", { intoCaseId: kit.environment.random.uuid() }, "case-merged"],
    ["CaseClosed", { reason: "gave-up" }, "case-closed"],
  ];
  for (const [type, data, reason] of stops) {
    const { caseId, vacancyId, id } = await withAcceptedOffer();
    const open = await doors.apply(await doors.newVacancy(employerId), caseId);
    await node.settled();
    await recordOnCase(kit, "registration", { caseId }, { type, data: { ...data } });
    t.match(await application(id), { state: "applicationWithdrawn" }, type);
    t.match(await application(open), { state: "applicationWithdrawn" }, type);
    t.match(await vacancy(vacancyId), { state: "published", data: { held: {} } }, type);
    const events = await node.eventsOf(`application-${id}`);
    t.equal(events.at(-1)?.data["reason"], reason);
  }
  const refused: string[] = [];
  for await (const { type, stream } of kit.store.readAll()) if (type === "ReactionRefused") refused.push(stream);
  t.same(refused, [], "nothing is asked that would be refused");
});

t.test("who has left for the job keeps it, and the position stays taken", async (t) => {
  const { caseId, vacancyId, id } = await withAcceptedOffer();
  const exit = { type: "BorderExitConfirmed", data: { round: id, exitedAt: "2026-05-01T04:00:00Z" } };
  await recordOnCase(kit, "departure", { caseId }, exit);
  await recordOnCase(kit, "registration", { caseId }, suspended);
  t.match(await application(id), { state: "offerAccepted" });
  t.match(await vacancy(vacancyId), { state: "filled" });
  const late = await registrar.post(`/selection/applications/${id}/withdrawals`, { reason: "changed-mind" });
  t.equal(late.body.code, "already-departed");
});

t.test("a refused visa puts the application on reserve with priority and returns the position", async (t) => {
  const { caseId, vacancyId, id } = await withAcceptedOffer();
  const refusal = {
    type: "VisaRefused",
    data: { round: id, reason: "insufficient-ties", appealUntil: "2026-06-01", refusedOn: "2026-05-01" },
  };
  await recordOnCase(kit, "visaDocs", { caseId }, refusal);
  t.match(await application(id), { state: "placedOnReserve", data: { priority: true } });
  t.match(await vacancy(vacancyId), { state: "published", data: { held: {} } });
  done(await selector.post(`/selection/applications/${id}/offers`, { reasons: ["priority-after-visa"] }));
  await accept(id);
  t.match(await vacancy(vacancyId), { state: "filled" }, "a second round takes a position again");
});

t.test("a visa refused to a journey that began abroad is not selection's", async (t) => {
  const caseId = await doors.newCase();
  const refusal = {
    type: "VisaRefused",
    data: { round: caseId, reason: "expired-permit", appealUntil: "2026-06-01", refusedOn: "2026-05-01" },
  };
  await recordOnCase(kit, "visaDocs", { caseId }, refusal);
  await node.settled();
  t.equal((await selector.get(`/selection/cases/${caseId}`)).body.items.length, 0);
});

t.test(
  "an application made after the case went on is left alone by what stopped it before, however late",
  async (t) => {
    const caseId = await doors.newCase();
    await recordOnCase(kit, "registration", { caseId }, suspended);
    await recordOnCase(kit, "registration", { caseId }, resumed);
    const id = await doors.apply(await doors.newVacancy(employerId), caseId);
    t.match(await application(id), { state: "applicationSubmitted" });
    const [runtime] = node.node.runtimes;
    if (!runtime) return t.fail("no service runs");
    for await (const stored of kit.store.readStream(`registration-${caseId}`)) {
      if (stored.type !== "CaseSuspended") continue;
      const edge = {
        ...kit,
        ...kit.registrationReader,
        readModel: runtime.readModel,
        now: "2026-02-16T09:00:00Z",
        today: "2026-02-16",
      };
      const plans = await whenCaseStops.then(kit.decoder.decode(stored), {
        ...edge,
        load: (aggregate, id) => kit.executor.load(aggregate, id),
      });
      t.same(plans, []);
    }
  },
);
