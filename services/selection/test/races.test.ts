import t from "tap";
import { giveUp } from "@safar/event-store";
import { applicationIdOf } from "@safar/kernel";
import { application } from "../src/aggregates.ts";
import type { ApplicationCommand } from "../src/domain/application/commands.ts";
import { selection } from "../src/index.ts";
import { done, openDoors, reasons } from "./support/doors.ts";
import { recordOnCase, suspended } from "./support/elsewhere.ts";
import { corridor } from "./support/selections.ts";

/** Guards that must hold whichever of two requests comes first. */

const doors = await openDoors(t);
const { node, selector, registrar } = doors;
const employerId = await doors.newEmployer();

const count = <Value>(all: readonly Value[], value: Value): number => all.filter((one) => one === value).length;

t.test("offers made at once never exceed the open positions", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 2 });
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const id = await doors.apply(vacancyId, await doors.newCase());
    await doors.shortlist(id);
    ids.push(id);
  }
  const answers = await Promise.all(ids.map((id) => selector.post(`/selection/applications/${id}/offers`, reasons)));
  const outcomes = answers.map(({ status, body }) => (status === 200 ? "offered" : (body as { code: string }).code));
  t.equal(count(outcomes, "offered"), 2);
  t.ok(outcomes.every((outcome) => ["offered", "no-open-position", "contended"].includes(outcome)));
  const { data } = await doors.stateOf(`/selection/vacancies/${vacancyId}`);
  t.equal(Object.keys((data as { held: object }).held).length, 2);
});

t.test("one application offered twice at once holds one position", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 2 });
  const id = await doors.apply(vacancyId, await doors.newCase());
  await doors.shortlist(id);
  const offer = () => selector.post(`/selection/applications/${id}/offers`, reasons);
  const answers = await Promise.all([offer(), offer()]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
  const { data } = await doors.stateOf(`/selection/vacancies/${vacancyId}`);
  t.equal(Object.keys((data as { held: object }).held).length, 1, "what the second one reserved was given back");
});

t.test("two offers accepted at once by one candidate: one stands", async (t) => {
  const caseId = await doors.newCase();
  const ids = [
    await doors.offered(await doors.newVacancy(employerId), caseId),
    await doors.offered(await doors.newVacancy(employerId), caseId),
  ];
  const answers = await Promise.all(ids.map((id) => registrar.post(`/selection/applications/${id}/acceptances`, {})));
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
});

t.test("the same request sent twice at once does one thing", async (t) => {
  const vacancyId = await doors.newVacancy(employerId);
  const id = await doors.apply(vacancyId, await doors.newCase());
  await doors.shortlist(id);
  const offer = () => selector.post(`/selection/applications/${id}/offers`, reasons, { key: "twice" });
  const [first, second] = await Promise.all([offer(), offer()]);
  t.same([first.status, second.status], [200, 200]);
  t.same(first.body, second.body);
});

t.test("of first applicants and a revision at once, all applicants are measured by one criteria version", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 5 });
  const cases = [await doors.newCase(), await doors.newCase(), await doors.newCase()];
  const revise = selector.post(`/selection/vacancies/${vacancyId}/revisions`, {
    reason: "mistake",
    requirements: { minAge: 30 },
  });
  const answers = await Promise.all(
    cases.map((caseId) => registrar.post(`/selection/vacancies/${vacancyId}/cases/${caseId}/applications`, {})),
  );
  await revise;
  const versions = new Set<unknown>();
  for (const { status, body } of answers) {
    if (status !== 201) continue;
    const { data } = await doors.stateOf(`/selection/applications/${(body as { id: string }).id}`);
    versions.add((data as { applied: { criteriaVersion: number } }).applied.criteriaVersion);
  }
  t.ok(versions.size <= 1);
  const { data } = await doors.stateOf(`/selection/vacancies/${vacancyId}`);
  for (const version of versions) t.equal((data as { criteriaVersion: number }).criteriaVersion, version);
});

t.test("a process that dies between position and offer blocks the position only until it is given up", async (t) => {
  const vacancyId = await doors.newVacancy(employerId, { positions: 1 });
  const caseId = await doors.newCase();
  const id = await doors.apply(vacancyId, caseId);
  await doors.shortlist(id);
  const { kit } = node;
  const rule = selection.reservations?.find(({ reserved }) => reserved.type === "PositionReserved");
  if (!rule) return t.fail("no rule for reserved positions");
  const half = {
    aggregate: rule.limit,
    id: vacancyId,
    command: { type: "ReservePosition", offerId: kit.environment.random.uuid(), applicationId: id, caseId },
    transactionId: kit.environment.random.uuid(),
    context: {
      actor: { id: "selection", role: "service", kind: "system" },
      occurredAt: "2026-02-16T09:00:00Z",
      correlationId: "test",
    },
  } as const;
  const outcome = await kit.executor.execute(half);
  if (outcome.kind !== "recorded" || !outcome.events[0]) return t.fail(outcome.kind);
  const offer = () => selector.post(`/selection/applications/${id}/offers`, reasons);
  t.equal((await offer()).body.code, "no-open-position");
  const [reserved] = outcome.events;
  const record = { ...half, ...rule.record(reserved), command: undefined };
  await giveUp(kit.executor, { reserve: half, record, release: rule.release(reserved) }, "not-finished-in-time");
  done(await offer());
});

t.test("an application that slipped in while its case was being stopped is withdrawn", async (t) => {
  const caseId = await doors.newCase();
  const vacancyId = await doors.newVacancy(employerId);
  await recordOnCase(node.kit, "registration", { caseId }, suspended);
  await node.settled();
  const applicationId = applicationIdOf(caseId, vacancyId);
  /** As a command that had looked at the case's standing just before. */
  const command: ApplicationCommand = {
    type: "SubmitApplication",
    applicationId,
    vacancyId,
    employerId,
    corridor,
    criteriaVersion: 1,
    isVacancyFilled: false,
    standing: "active",
  };
  const { kind } = await node.kit.executor.execute({
    aggregate: application,
    id: applicationId,
    command,
    transactionId: node.kit.environment.random.uuid(),
    header: { caseId },
    context: {
      actor: { id: "registrar-1726", role: "registrar", kind: "human" },
      occurredAt: "2026-02-16T09:00:00Z",
      correlationId: "test",
    },
  });
  t.equal(kind, "recorded");
  t.match(await doors.stateOf(`/selection/applications/${applicationId}`), { state: "applicationWithdrawn" });
});
