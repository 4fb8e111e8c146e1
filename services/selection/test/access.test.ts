import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { selection } from "../src/index.ts";
import { openDoors, reasons, vacancyBody } from "./support/doors.ts";

const somewhere = "0190f3c2-7b1a-4c3d-8e2f-0000000000ee";

/** Who may do what, said a second time, so that a slip in the table is seen. */
const staff: readonly Role[] = ["selector", "employer"];
const forTheCase: readonly Role[] = ["registrar", "agency", "representative", "candidate"];
const MAY: Readonly<Record<string, readonly Role[]>> = {
  RegisterEmployer: ["selector", "representative"],
  SignPartnerContract: ["selector", "representative"],
  PublishVacancy: ["selector", "representative", "employer"],
  ReviseVacancy: ["selector", "representative", "employer"],
  SubmitApplication: forTheCase,
  WithdrawApplication: forTheCase,
  AcceptOffer: forTheCase,
  DeclineOffer: forTheCase,
  AssessMatch: ["selector"],
  ViewCv: staff,
  DeclareConflictOfInterest: staff,
  ShortlistApplication: staff,
  ScheduleInterview: staff,
  RecordInterview: staff,
  IssueOffer: staff,
  PlaceOnReserve: staff,
  RejectApplication: staff,
};

const doors = await openDoors(t);
const { node, selector, registrar } = doors;

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(new Set(selection.commands.map(({ name }) => name)), new Set(Object.keys(MAY)), "none is forgotten");
  for (const role of ROLES) {
    const client = await node.as({ role, unit: somewhere, caseId: somewhere });
    const tried = selection.commands.map(async ({ name, path }) => {
      const { status, body } = await client.post(`/selection${path.replace(/:\w+/g, somewhere)}`, {});
      const isClosed = status === 403 && (body as { code: string }).code === "role-not-allowed";
      t.equal(!isClosed, MAY[name]?.includes(role) ?? false, `${role} ${name}`);
    });
    await Promise.all(tried);
  }
});

t.test("nobody does anything without a token", async (t) => {
  for (const { path } of selection.commands)
    t.equal((await node.anybody.post(`/selection${path.replace(/:\w+/g, somewhere)}`, {})).status, 401);
});

t.test("an employer reaches its own vacancies and what is applied for there, and no others", async (t) => {
  const [own, other] = [await doors.newEmployer(), await doors.newEmployer()];
  const employer = await doors.employerOf(own);
  const stranger = await doors.employerOf(other);
  const published = await employer.post("/selection/vacancies", vacancyBody(own));
  t.equal(published.status, 201);
  const vacancyId = (published.body as { id: string }).id;
  const foreign = await stranger.post("/selection/vacancies", vacancyBody(own));
  t.match(foreign, { status: 400, body: { errors: [{ code: "employer-not-yours" }] } });
  const revision = { reason: "more-work", positions: 5 };
  t.equal((await employer.post(`/selection/vacancies/${vacancyId}/revisions`, revision)).status, 200);
  t.equal((await stranger.post(`/selection/vacancies/${vacancyId}/revisions`, revision)).body.code, "out-of-scope");

  const id = await doors.apply(vacancyId, await doors.newCase());
  await node.settled();
  for (const noun of ["shortlistings", "rejections", "reserves", "offers"]) {
    const refused = await stranger.post(`/selection/applications/${id}/${noun}`, reasons);
    t.same([refused.status, refused.body.code], [403, "out-of-scope"], noun);
  }
  t.equal((await stranger.post(`/selection/applications/${id}/cv-views`, {})).status, 403);
  for (const path of [
    `applications/${id}`,
    `applications/${id}/cv`,
    `vacancies/${vacancyId}`,
    `vacancies/${vacancyId}/ranking`,
  ])
    t.equal((await stranger.get(`/selection/${path}`)).status, 403, path);
  for (const path of [`applications/${id}`, `vacancies/${vacancyId}`, `employers/${own}`])
    t.equal((await employer.get(`/selection/${path}`)).status, 200, path);
  t.equal((await stranger.get(`/selection/employers/${own}`)).status, 403);
  t.equal((await employer.get(`/selection/vacancies/${vacancyId}/ranking`)).status, 200);
  t.equal((await stranger.get("/selection/applications")).body.items.length, 0);
  t.equal((await employer.get("/selection/applications")).body.items.length, 1);
  t.equal((await employer.post(`/selection/applications/${id}/shortlistings`, reasons)).status, 200);
});

t.test(
  "a branch acts for its own candidates, an agency for those it brought, a candidate for the own case",
  async (t) => {
    const vacancyId = await doors.newVacancy(await doors.newEmployer());
    const caseId = await doors.newCase();
    const path = `/selection/vacancies/${vacancyId}/cases/${caseId}/applications`;
    for (const persona of [
      { role: "registrar", unit: "1703" },
      { role: "agency", unit: "XBA-7" },
      { role: "candidate", caseId: somewhere },
    ] as const)
      t.equal((await (await node.as(persona)).post(path, {})).body.code, "out-of-scope", persona.role);
    const candidate = await doors.candidateOf(caseId);
    const applied = await candidate.post(path, {});
    t.equal(applied.status, 201);
    const other = await doors.candidateOf(await doors.newCase());
    const withdrawal = { reason: "not-mine" };
    const id = (applied.body as { id: string }).id;
    t.equal((await other.post(`/selection/applications/${id}/withdrawals`, withdrawal)).body.code, "out-of-scope");
    t.equal((await registrar.post(`/selection/applications/${id}/withdrawals`, withdrawal)).status, 200);
  },
);

t.test("what is open to matching is for selectors and those who watch, without anything personal", async (t) => {
  t.equal((await selector.get("/selection/matchable")).status, 200);
  for (const role of ["employer", "registrar", "candidate", "service", "admin"] as const)
    t.equal(
      (await (await node.as({ role, unit: somewhere, caseId: somewhere })).get("/selection/matchable")).status,
      403,
    );
});

t.test("whoever may look for a vacancy sees how many positions are held, not by whom", async (t) => {
  const vacancyId = await doors.newVacancy(await doors.newEmployer());
  const caseId = await doors.newCase();
  const id = await doors.apply(vacancyId, caseId);
  await doors.shortlist(id);
  t.equal((await selector.post(`/selection/applications/${id}/offers`, reasons)).status, 200);
  await node.settled();
  for (const persona of [
    { role: "registrar", unit: "1703" },
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: somewhere },
  ] as const) {
    const { body } = await (await node.as(persona)).get(`/selection/vacancies/${vacancyId}`);
    t.equal(body.data.positionsHeld, 1, persona.role);
    t.notMatch(JSON.stringify(body), caseId, persona.role);
    t.notMatch(JSON.stringify(body), id, persona.role);
  }
  t.match(JSON.stringify((await selector.get(`/selection/vacancies/${vacancyId}`)).body), caseId);
});
