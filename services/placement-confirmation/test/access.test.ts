import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { placementConfirmation } from "../src/index.ts";
import { nowhere, openDoors, pathOf } from "./support/doors.ts";
import { lowerWage, signed } from "./support/given.ts";

/** Who may do what, said a second time, so that a slip in the table is seen. */
const office: readonly Role[] = ["registrar", "representative"];
const parties: readonly Role[] = ["candidate", "agency", "employer", ...office];
const MAY: Readonly<Record<string, readonly Role[]>> = {
  ReportPlacement: ["candidate", "agency", ...office],
  ConfirmByEmployer: ["employer", ...office],
  UploadContract: parties,
  DisputePlacement: parties,
  ReceiveCheckIn: parties,
  ResolveDispute: ["representative", "shift-lead", "compliance"],
  CompletePlacement: office,
};

const doors = await openDoors(t);
const { node } = doors;

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(
    new Set(placementConfirmation.commands.map(({ name }) => name)),
    new Set(Object.keys(MAY)),
    "none is forgotten",
  );
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    await Promise.all(
      placementConfirmation.commands.map(async ({ name, path }) => {
        const { status, body } = await client.post(`/placement-confirmation${path.replace(/:\w+/g, nowhere)}`, {});
        const isClosed = status === 403 && (body as { code: string }).code === "role-not-allowed";
        t.equal(!isClosed, MAY[name]?.includes(role) ?? false, `${role} ${name}`);
      }),
    );
  }
});

t.test("nobody does anything without a token", async (t) => {
  for (const { path } of placementConfirmation.commands)
    t.equal((await node.anybody.post(`/placement-confirmation${path.replace(/:\w+/g, nowhere)}`, {})).status, 401);
});

t.test("an employer reaches its own workers, and no others", async (t) => {
  const caseId = await doors.opened();
  const stranger = await node.as({ role: "employer", unit: nowhere });
  const confirmation = { startedOn: "2026-06-03", contract: signed };
  for (const [noun, body] of [
    ["employer-confirmations", confirmation],
    ["contracts", lowerWage],
    ["check-ins", { working: true }],
    ["disputes", { cause: "left" }],
  ] as const) {
    const refused = await stranger.post(pathOf(caseId, noun), body);
    t.same([refused.status, refused.body.code], [403, "out-of-scope"], noun);
    t.equal((await doors.employer.post(pathOf(caseId, noun), body)).status, 200, noun);
  }
  await node.settled();
  t.equal((await stranger.get(pathOf(caseId))).status, 403);
  t.equal((await doors.employer.get(pathOf(caseId))).status, 200);
  t.equal((await stranger.get("/placement-confirmation/cases")).body.items.length, 0);
  t.equal((await doors.employer.get("/placement-confirmation/cases")).body.items.length, 1);
});

t.test("an agency speaks of those it brought, a candidate of the own case, a branch of its own cases", async (t) => {
  const caseId = await doors.opened();
  for (const persona of [
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: nowhere },
    { role: "registrar", unit: "1703" },
  ] as const) {
    const client = await node.as(persona);
    t.equal((await client.post(pathOf(caseId, "reports"), { placed: true })).body.code, "out-of-scope", persona.role);
    await node.settled();
    t.equal((await client.get(pathOf(caseId))).status, 403, persona.role);
  }
  for (const client of [doors.agency, await doors.candidateOf(caseId)])
    t.equal((await client.post(pathOf(caseId, "reports"), { placed: true })).status, 200);
});
