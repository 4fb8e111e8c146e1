import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { training } from "../src/index.ts";
import { nowhere, openDoors } from "./support/doors.ts";

/** Who may do what, said a second time, so that a slip in the table is seen. */
const forTheCase: readonly Role[] = ["trainer", "registrar", "agency", "representative", "candidate"];
const MAY: Readonly<Record<string, readonly Role[]>> = {
  OfferCourse: ["trainer"],
  StartCourse: ["trainer"],
  CompleteCourse: ["trainer"],
  CancelCourse: ["trainer"],
  EnrolCandidate: forTheCase,
  RecordAttendance: ["trainer"],
  RecordAssessment: ["trainer"],
  ScheduleRetake: ["trainer"],
  IssueCertificate: ["trainer"],
  CompleteOrientation: ["trainer", "representative"],
  CancelEnrolment: forTheCase,
};

const doors = await openDoors(t);
const { node } = doors;

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(new Set(training.commands.map(({ name }) => name)), new Set(Object.keys(MAY)), "none is forgotten");
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    for (const { name, path } of training.commands) {
      const { status, body } = await client.post(`/training${path.replace(/:\w+/g, nowhere)}`, {});
      const isClosed = status === 403 && (body as { code: string }).code === "role-not-allowed";
      t.equal(!isClosed, MAY[name]?.includes(role) ?? false, `${role} ${name}`);
    }
  }
});

t.test("nobody does anything without a token", async (t) => {
  for (const { path } of training.commands)
    t.equal((await node.anybody.post(`/training${path.replace(/:\w+/g, nowhere)}`, {})).status, 401);
});

t.test("a branch enrols its own candidates, a candidate only the own case", async (t) => {
  const caseId = await doors.newCase();
  const enrolment = { courseId: await doors.newCourse() };
  for (const persona of [
    { role: "registrar", unit: "1703" },
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: nowhere },
  ] as const) {
    const client = await node.as(persona);
    t.equal(
      (await client.post(`/training/cases/${caseId}/enrolments`, enrolment)).body.code,
      "out-of-scope",
      persona.role,
    );
  }
  const candidate = await node.as({ role: "candidate", caseId });
  t.equal((await candidate.post(`/training/cases/${caseId}/enrolments`, enrolment)).status, 200);
  await node.settled();
  t.equal((await candidate.get(`/training/cases/${caseId}`)).status, 200);
  const stranger = await node.as({ role: "candidate", caseId: nowhere, subject: "stranger" });
  t.equal((await stranger.get(`/training/cases/${caseId}`)).status, 403);
});

t.test("a candidate sees which courses there are, not who sits in them", async (t) => {
  const courseId = await doors.newCourse();
  await node.settled();
  const candidate = await node.as({ role: "candidate", caseId: await doors.newCase() });
  t.equal((await candidate.get("/training/courses")).status, 200);
  t.equal((await candidate.get(`/training/courses/${courseId}`)).status, 403);
});

t.test("a branch sees how full a course is, not whose seats of other branches they are", async (t) => {
  const [courseId, caseId] = [await doors.newCourse(), await doors.newCase()];
  const trainer = await node.as({ role: "trainer" });
  t.equal((await trainer.post(`/training/cases/${caseId}/enrolments`, { courseId })).status, 200);
  await node.settled();
  const elsewhere = await node.as({ role: "registrar", unit: "1703" });
  const { body } = await elsewhere.get(`/training/courses/${courseId}`);
  t.equal(body.data.seatsTaken, 1);
  t.notMatch(JSON.stringify(body), caseId);
  t.match(JSON.stringify((await trainer.get(`/training/courses/${courseId}`)).body), caseId);
});
