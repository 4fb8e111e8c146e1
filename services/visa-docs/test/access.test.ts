import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { visaDocs } from "../src/index.ts";
import { nowhere, openDoors } from "./support/doors.ts";

/** Who may do what, said a second time, so that a slip in the table is seen. */
const officer: readonly Role[] = ["visa-officer"];
const desk: readonly Role[] = ["visa-officer", "registrar"];
const embassy: readonly Role[] = ["visa-officer", "representative"];
const MAY: Readonly<Record<string, readonly Role[]>> = {
  UploadDocument: [...desk, "agency", "representative", "candidate"],
  VerifyDocument: desk,
  RejectDocument: desk,
  SignContract: [...desk, "representative", "candidate"],
  OrderMedical: [...desk, "representative"],
  RecordMedicalResult: desk,
  SubmitVisa: embassy,
  PayVisaFee: [...desk, "agency", "representative"],
  GrantVisa: embassy,
  RefuseVisa: embassy,
  FileVisaAppeal: [...desk, "representative", "candidate"],
  DecideVisaAppeal: embassy,
  PlanSubmission: officer,
  JoinSubmission: officer,
  DropFromSubmission: officer,
  SendSubmission: officer,
};

const doors = await openDoors(t);
const { node } = doors;

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(new Set(visaDocs.commands.map(({ name }) => name)), new Set(Object.keys(MAY)), "none is forgotten");
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    await Promise.all(
      visaDocs.commands.map(async ({ name, path }) => {
        const { status, body } = await client.post(`/visa-docs${path.replace(/:\w+/g, nowhere)}`, {});
        const isClosed = status === 403 && (body as { code: string }).code === "role-not-allowed";
        t.equal(!isClosed, MAY[name]?.includes(role) ?? false, `${role} ${name}`);
      }),
    );
  }
});

t.test("nobody does anything without a token", async (t) => {
  for (const { path } of visaDocs.commands)
    t.equal((await node.anybody.post(`/visa-docs${path.replace(/:\w+/g, nowhere)}`, {})).status, 401);
});

t.test("a branch works on its own cases, an agency on those it brought, a candidate on the own case", async (t) => {
  const caseId = await doors.newCase();
  const sha256 = await doors.upload(caseId, "photo");
  const path = `/visa-docs/cases/${caseId}/documents`;
  for (const persona of [
    { role: "registrar", unit: "1703" },
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: nowhere },
  ] as const) {
    const refused = await (await node.as(persona)).post(path, { kind: "photo", sha256 });
    t.same([refused.status, refused.body.code], [403, "out-of-scope"], persona.role);
  }
  const own = await (await doors.candidateOf(caseId)).post(path, { kind: "photo", sha256 });
  t.equal(own.status, 200);
  await node.settled();
  for (const [persona, status] of [
    [{ role: "registrar", unit: "1726" }, 200],
    [{ role: "registrar", unit: "1703" }, 403],
    [{ role: "candidate", caseId }, 200],
    [{ role: "candidate", caseId: nowhere }, 403],
    [{ role: "departure-officer" }, 200],
    [{ role: "employer", unit: nowhere }, 403],
    [{ role: "insurer" }, 403],
  ] as const)
    t.equal((await (await node.as(persona)).get(`/visa-docs/cases/${caseId}`)).status, status, persona.role);
});
