import t from "tap";
import { assessment, done, openDoors, reasons, vacancyBody } from "./support/doors.ts";
import { cvPublished, interestIn, recordOnCase, suspended } from "./support/elsewhere.ts";
import { terms } from "./support/selections.ts";

/** Each command once as it is meant and once as it is refused; who may send it is in access.test.ts. */

const doors = await openDoors(t);
const { selector, otherSelector, registrar } = doors;
const employerId = await doors.newEmployer();
const nowhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ff";

t.test("an employer is registered, and a repeat with the same key is answered the same", async (t) => {
  const first = await selector.post("/selection/employers", { name: "ARYA" }, { key: "arya" });
  t.equal(first.status, 201);
  t.equal(first.headers.get("location"), `/selection/employers/${first.body.id}`);
  t.equal(first.headers.get("etag"), '"0"');
  const again = await selector.post("/selection/employers", { name: "ARYA" }, { key: "arya" });
  t.same([again.status, again.body], [201, first.body]);
  const other = await selector.post("/selection/employers", { name: "JOHO VENTURE" }, { key: "arya" });
  t.equal(other.status, 422);
  t.equal((await selector.post("/selection/employers", { name: " " })).body.errors[0].pointer, "/name");
});

t.test("a contract is recorded once", async (t) => {
  const contract = { number: "12/2026", signedOn: "2026-02-02" };
  const path = `/selection/employers/${employerId}/contracts`;
  t.equal((await selector.post(path, contract)).status, 200);
  t.equal((await selector.post(path, contract)).body.code, "already-done");
  const unknown = await selector.post(`/selection/employers/${nowhere}/contracts`, contract);
  t.same([unknown.status, unknown.body.code], [404, "employer-not-registered"]);
});

t.test("a vacancy is published, and every broken rule of its form is named", async (t) => {
  const published = await selector.post("/selection/vacancies", vacancyBody(employerId));
  t.equal(published.status, 201);
  t.notOk(published.body.warnings);
  const broken = vacancyBody(nowhere, { feeFromWorker: true, requirements: { minAge: 40, maxAge: 30 } });
  const refused = await selector.post("/selection/vacancies", broken, { headers: { "accept-language": "ru" } });
  t.equal(refused.status, 400);
  t.same(
    refused.body.errors.map(({ code }: { code: string }) => code),
    ["employer-unknown", "age-range-wrong", "fee-charged-to-worker"],
  );
  t.match(refused.body.errors[2].detail, /работника/);
  const country = vacancyBody(employerId, { corridor: { country: "XX", sector: "transport" } });
  t.equal((await selector.post("/selection/vacancies", country)).body.errors[0].pointer, "/corridor/country");
});

t.test("a vacancy that is entered late after its contract is published with a warning", async (t) => {
  const signed = { number: "old", signedOn: "2020-01-10" };
  const contractId = done(await selector.post(`/selection/employers/${employerId}/contracts`, signed));
  const late = await selector.post("/selection/vacancies", vacancyBody(employerId, { contractId }));
  t.same([late.status, late.body.warnings], [201, ["entered-after-deadline"]]);
  const elsewhere = await selector.post("/selection/vacancies", vacancyBody(employerId, { contractId: nowhere }));
  t.equal(elsewhere.body.errors[0].code, "contract-unknown");
});

t.test("a vacancy's requirements can be revised until somebody has applied", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const path = `/selection/vacancies/${vacancyId}/revisions`;
  t.equal((await selector.post(path, { reason: "mistake", requirements: { minAge: 25 } })).status, 200);
  const applicationId = await doors.apply(vacancyId, await doors.newCase());
  const late = await selector.post(path, { reason: "mistake", requirements: { minAge: 30 } });
  t.same([late.status, late.body.code], [409, "criteria-fixed"]);
  const { data } = await doors.stateOf(`/selection/applications/${applicationId}`);
  t.match(data, { applied: { criteriaVersion: 2 } });
  const unknown = await selector.post(`/selection/vacancies/${nowhere}/revisions`, { reason: "mistake", positions: 3 });
  t.same([unknown.status, unknown.body.code], [404, "vacancy-not-published"]);
});

t.test("a case applies once for a vacancy, and not while it is held", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const caseId = await doors.newCase();
  const path = `/selection/vacancies/${vacancyId}/cases/${caseId}/applications`;
  const first = await registrar.post(path, {});
  t.equal(first.status, 201);
  t.equal(first.headers.get("location"), `/selection/applications/${first.body.id}`);
  t.equal(first.body.caseId, caseId);
  t.equal((await registrar.post(path, {})).body.code, "already-done");
  const held = await doors.newCase();
  await recordOnCase(doors.node.kit, "registration", { caseId: held }, suspended);
  const refused = await registrar.post(`/selection/vacancies/${vacancyId}/cases/${held}/applications`, {});
  t.same([refused.status, refused.body.code], [409, "case-not-active"]);
  t.equal((await registrar.post(`/selection/vacancies/${nowhere}/cases/${caseId}/applications`, {})).status, 404);
  t.equal((await registrar.post(`/selection/vacancies/${vacancyId}/cases/${nowhere}/applications`, {})).status, 404);
});

t.test("who scored does not decide, and the decision refers to the score", async (t) => {
  const id = await doors.apply(await doors.newVacancy(employerId), await doors.newCase());
  const path = `/selection/applications/${id}`;
  const assessmentId = done(await otherSelector.post(`${path}/assessments`, assessment));
  const wrong = await otherSelector.post(`${path}/assessments`, { ...assessment, criteriaVersion: 9 });
  t.equal(wrong.body.code, "criteria-version-differs");
  const by = { ...reasons, basedOn: [assessmentId] };
  t.equal((await otherSelector.post(`${path}/shortlistings`, by)).body.code, "scorer-may-not-decide");
  t.equal((await selector.post(`${path}/shortlistings`, { reasons: [] })).status, 400);
  t.equal((await selector.post(`${path}/shortlistings`, by)).status, 200);
});

t.test("a conflict of interest keeps its declarer out", async (t) => {
  const id = await doors.apply(await doors.newVacancy(employerId), await doors.newCase());
  const path = `/selection/applications/${id}`;
  t.equal((await otherSelector.post(`${path}/conflicts`, { relation: "family", note: "a cousin" })).status, 200);
  t.equal((await otherSelector.post(`${path}/conflicts`, { relation: "family" })).body.code, "already-done");
  t.equal((await otherSelector.post(`${path}/rejections`, reasons)).body.code, "conflict-of-interest");
});

t.test("a CV is read after the view is on record, by an employer only with interest and consent", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const caseId = await doors.newCase();
  const id = await doors.apply(vacancyId, caseId);
  const employer = await doors.employerOf(employerId);
  const path = `/selection/applications/${id}`;
  await recordOnCase(doors.node.kit, "registration", { caseId }, cvPublished("drives since 2015"));
  t.equal((await employer.post(`${path}/cv-views`, {})).body.code, "interest-not-declared");
  await recordOnCase(doors.node.kit, "registration", { caseId }, interestIn(vacancyId));
  t.equal((await employer.get(`${path}/cv`)).body.code, "cv-view-not-recorded");
  t.equal((await employer.post(`${path}/cv-views`, {})).status, 200);
  const cv = await employer.get(`${path}/cv`);
  t.equal(cv.status, 200);
  t.match(cv.body, { isco: "8332", experienceYears: 3, redacted: ["/summary"] });
  t.notOk("summary" in cv.body, "what is personal stays hidden");
  t.equal((await selector.get(`${path}/cv`)).body.code, "cv-view-not-recorded", "a view is the viewer's own");
});

t.test("interviews are arranged, held and recorded once", async (t) => {
  const id = await doors.apply(await doors.newVacancy(employerId), await doors.newCase());
  const path = `/selection/applications/${id}`;
  const interview = { at: "2026-03-02T09:00:00Z", form: "online", place: "https://meet.example/1" };
  t.equal((await selector.post(`${path}/interviews`, interview)).body.code, "not-shortlisted");
  await doors.shortlist(id);
  const interviewId = done(await selector.post(`${path}/interviews`, interview));
  const result = { interviewId, outcome: "passed", reasons: ["answered-well"], effectiveAt: "2026-03-02T10:00:00Z" };
  t.equal((await selector.post(`${path}/interview-results`, result)).status, 200);
  t.equal((await selector.post(`${path}/interview-results`, result)).body.code, "already-done");
});

t.test("an offer takes what the vacancy says, holds a position, and is answered for the case", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 1 });
  const caseId = await doors.newCase();
  const id = await doors.apply(vacancyId, caseId);
  const candidate = await doors.candidateOf(caseId);
  const path = `/selection/applications/${id}`;
  t.equal((await selector.post(`${path}/offers`, reasons)).body.code, "not-shortlisted");
  await doors.shortlist(id);
  const worse = { ...terms, wageMonth: { minor: 1, currency: "EUR" } };
  t.equal((await selector.post(`${path}/offers`, { ...reasons, terms: worse })).body.code, "offer-below-vacancy");
  t.equal((await selector.post(`${path}/offers`, reasons)).status, 200);
  t.match((await doors.stateOf(path)).data, { offer: { terms, contractMonths: 24 } });
  t.equal((await candidate.post(`${path}/acceptances`, {})).status, 200);
  t.equal((await candidate.post(`${path}/acceptances`, {})).body.code, "already-done");
  t.equal((await candidate.post(`${path}/declines`, { reason: "too-far" })).body.code, "no-open-offer");
  t.match(await doors.stateOf(`/selection/vacancies/${vacancyId}`), { state: "filled" });
  const late = await registrar.post(
    `/selection/vacancies/${vacancyId}/cases/${await doors.newCase()}/applications`,
    {},
  );
  t.equal(late.body.code, "vacancy-filled");
});

t.test("a position that cannot be reserved is not offered", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 1 });
  await doors.offered(vacancyId, await doors.newCase());
  const second = await doors.apply(vacancyId, await doors.newCase());
  await doors.shortlist(second);
  const refused = await selector.post(`/selection/applications/${second}/offers`, reasons);
  t.same([refused.status, refused.body.code], [409, "no-open-position"]);
  t.match(await doors.stateOf(`/selection/applications/${second}`), { state: "shortlisted" });
});

t.test("an offer that is declined gives its position back", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 1 });
  const caseId = await doors.newCase();
  const id = await doors.offered(vacancyId, caseId);
  const candidate = await doors.candidateOf(caseId);
  t.equal((await candidate.post(`/selection/applications/${id}/declines`, { reason: "too-far" })).status, 200);
  t.match(await doors.stateOf(`/selection/vacancies/${vacancyId}`), { data: { held: {} } });
  t.ok(await doors.offered(vacancyId, await doors.newCase()));
});

t.test("a candidate holds one accepted offer at a time", async (t) => {
  const caseId = await doors.newCase();
  const candidate = await doors.candidateOf(caseId);
  const first = await doors.offered(await doors.newVacancy(employerId), caseId);
  const second = await doors.offered(await doors.newVacancy(employerId), caseId);
  done(await candidate.post(`/selection/applications/${first}/acceptances`, {}));
  const refused = await candidate.post(`/selection/applications/${second}/acceptances`, {});
  t.equal(refused.body.code, "another-offer-accepted");
  done(await candidate.post(`/selection/applications/${first}/withdrawals`, { reason: "better-offer" }));
  await doors.node.settled();
  t.equal((await candidate.post(`/selection/applications/${second}/acceptances`, {})).status, 200);
});

t.test("applicants are put on reserve, rejected and withdrawn, each with its reason", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const id = await doors.apply(vacancyId, await doors.newCase());
  const path = `/selection/applications/${id}`;
  t.equal((await selector.post(`${path}/reserves`, reasons)).status, 200);
  t.equal((await selector.post(`${path}/reserves`, reasons)).body.code, "already-done");
  t.equal((await selector.post(`${path}/rejections`, { reasons: ["language-below-required"] })).status, 200);
  t.match(await doors.stateOf(path), {
    state: "applicationRejected",
    data: { lastDecision: { reasons: ["language-below-required"] } },
  });
  t.equal((await registrar.post(`${path}/withdrawals`, { reason: "moved" })).body.code, "application-over");
  const other = await doors.apply(vacancyId, await doors.newCase());
  t.equal((await registrar.post(`/selection/applications/${other}/withdrawals`, { reason: "moved" })).status, 200);
});

t.test("what was never applied for is not found", async (t) => {
  for (const [noun, body] of [
    ["offers", reasons],
    ["shortlistings", reasons],
    ["cv-views", {}],
  ] as const)
    t.equal((await selector.post(`/selection/applications/${nowhere}/${noun}`, body)).status, 404, noun);
});

t.test("the ranking puts the better score first, and equal ones by who applied first", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const ids: string[] = [];
  for (const score of [70, 90, 70]) {
    const id = await doors.apply(vacancyId, await doors.newCase());
    done(await otherSelector.post(`/selection/applications/${id}/assessments`, { ...assessment, score }));
    ids.push(id);
  }
  const rejected = await doors.apply(vacancyId, await doors.newCase());
  done(await selector.post(`/selection/applications/${rejected}/rejections`, reasons));
  await doors.node.settled();
  const { body } = await selector.get(`/selection/vacancies/${vacancyId}/ranking`);
  t.same(
    body.ranking.map(({ applicationId }: { applicationId: string }) => applicationId),
    [ids[1], ids[0], ids[2]],
  );
  t.match(body, { vacancyId, criteriaVersion: 1, more: false });
});

t.test("everything of a case stands in one list", async (t) => {
  const caseId = await doors.newCase();
  const id = await doors.apply(await doors.newVacancy(employerId), caseId);
  await doors.node.settled();
  const { body } = await (await doors.candidateOf(caseId)).get(`/selection/cases/${caseId}`);
  t.match(body.items, [{ kind: "application", id, state: "applicationSubmitted", destination: "DE", region: "1726" }]);
});
