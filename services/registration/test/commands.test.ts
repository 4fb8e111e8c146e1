import t from "tap";
import { ROLES, type Role } from "@safar/contracts";
import { registration } from "../src/index.ts";
import { done, nowhere, openDoors } from "./support/doors.ts";

/** Each command once as it is meant, once as it is refused, and by a role that may not. */

const doors = await openDoors(t);
const { node, registrar, compliance } = doors;
const at = (caseId: string, noun: string): string => `/registration/cases/${caseId}/${noun}`;

const cv = { isco: "7112", experienceYears: 4, languages: [{ tag: "de", cefr: "A2" }], destinations: ["DE"] };
const consent = { grantedOn: "2026-01-20", purposes: ["placement", "employers"] };
const held = { reason: "document-check" };

/** A command on a case: what is done first, the body, the refusal that its repetition under another key meets. */
interface OnCase {
  readonly noun: string;
  readonly body: object | ((caseId: string) => Promise<object>);
  readonly before?: (caseId: string) => Promise<unknown>;
  readonly refused: readonly [status: number, code: string];
  /** A body that is refused, where the same one again is a fact of its own. */
  readonly refusedBody?: object;
  readonly recorded: string;
}

const identityRequest = async (caseId: string): Promise<string> =>
  done(await registrar.post(at(caseId, "identity-requests"), { method: "document" }));
const requestOf =
  (given: object) =>
  async (caseId: string): Promise<object> => ({ requestId: await identityRequest(caseId), ...given });
const first =
  (...steps: readonly (readonly [noun: string, body: object])[]) =>
  async (caseId: string): Promise<void> => {
    for (const [noun, body] of steps) done(await registrar.post(at(caseId, noun), body));
  };

const ON_CASES: Readonly<Record<string, OnCase>> = {
  GrantConsent: {
    noun: "consents",
    body: consent,
    refused: [400, "consent-in-future"],
    refusedBody: { ...consent, grantedOn: "2999-01-01" },
    recorded: "ConsentGranted",
  },
  WithdrawConsent: {
    noun: "consent-withdrawals",
    body: {},
    refused: [409, "already-done"],
    recorded: "ConsentWithdrawn",
  },
  RequestIdentityVerification: {
    noun: "identity-requests",
    body: { method: "face-id" },
    refused: [409, "already-done"],
    recorded: "IdentityVerificationRequested",
  },
  VerifyIdentity: {
    noun: "identity-verifications",
    body: requestOf({ method: "face-id", liveness: true, score: 0.97 }),
    refused: [409, "identity-already-verified"],
    recorded: "IdentityVerified",
  },
  RejectIdentity: {
    noun: "identity-rejections",
    body: requestOf({ reason: "photo-unlike" }),
    refused: [409, "identity-not-requested"],
    recorded: "IdentityRejected",
  },
  CorrectPersonDetails: {
    noun: "corrections",
    body: { reason: "misspelt", phone: "+998977770001" },
    refused: [409, "already-done"],
    recorded: "PersonDetailsCorrected",
  },
  RenewPassport: {
    noun: "passports",
    body: { passport: "FA7770001", passportExpiry: "2036-01-01" },
    refused: [409, "already-done"],
    recorded: "PassportRenewed",
  },
  PublishCv: {
    noun: "cvs",
    body: cv,
    refused: [400, "invalid-request"],
    refusedBody: { ...cv, isco: "71" },
    recorded: "CvPublished",
  },
  DeclareInterest: {
    noun: "interests",
    body: { vacancyId: nowhere },
    before: first(["cvs", cv]),
    refused: [409, "already-done"],
    recorded: "InterestDeclared",
  },
  SuspendCase: { noun: "suspensions", body: held, refused: [409, "already-done"], recorded: "CaseSuspended" },
  ResumeCase: {
    noun: "resumptions",
    body: held,
    before: first(["suspensions", held]),
    refused: [409, "not-suspended-for-this"],
    recorded: "CaseResumed",
  },
  WithdrawCandidate: {
    noun: "withdrawals",
    body: { reason: "family-reasons" },
    refused: [409, "case-ended"],
    recorded: "CandidateWithdrew",
  },
  CloseCase: {
    noun: "closures",
    body: { reason: "came-home" },
    refused: [409, "case-ended"],
    recorded: "CaseClosed",
  },
  ReopenCase: {
    noun: "reopenings",
    body: { reason: "further-departure" },
    before: async (caseId) => {
      await first(["closures", { reason: "came-home" }])(caseId);
      await node.settled();
    },
    refused: [409, "case-not-ended"],
    recorded: "CaseReopened",
  },
};

/** These need a second case; their own tests are in duplicates.test.ts. */
const ELSEWHERE = ["RegisterCandidate", "DismissDuplicate", "ConfirmDuplicate", "UnmergeCase"];

t.test("no command is forgotten", (t) => {
  t.same(new Set(registration.commands.map(({ name }) => name)), new Set([...Object.keys(ON_CASES), ...ELSEWHERE]));
  t.end();
});

for (const [name, { noun, body: given, before: prepare, refused, refusedBody, recorded }] of Object.entries(ON_CASES))
  t.test(`${name} is recorded once however often it is sent, and refused where it means nothing`, async (t) => {
    const caseId = await doors.newCase();
    await prepare?.(caseId);
    const body = typeof given === "function" ? await given(caseId) : given;
    const path = at(caseId, noun);
    const count = async () =>
      (await doors.eventsOf(`registration-${caseId}`)).filter(({ type }) => type === recorded).length;
    const before = await count();
    const answer = await registrar.post(path, body, { key: "once" });
    t.equal(answer.status, 200);
    t.equal(answer.body.caseId, caseId);
    const again = await registrar.post(path, body, { key: "once" });
    t.same([again.status, again.body, again.headers.get("etag")], [200, answer.body, answer.headers.get("etag")]);
    t.equal(await count(), before + 1);
    const no = await registrar.post(path, refusedBody ?? body);
    t.same([no.status, no.body.code], refused);
    const reused = await registrar.post(path, { ...body, unheardOf: 1 }, { key: "once" });
    t.equal(reused.status, 400, "an unknown field is told before the key is looked at");
  });

t.test("the answer to a key stays the same whatever happens to the case afterwards", async (t) => {
  const caseId = await doors.newCase();
  const correction = { reason: "misspelt", phone: "+998977770002" };
  const answer = await registrar.post(at(caseId, "corrections"), correction, { key: "for-ever" });
  done(await registrar.post(at(caseId, "corrections"), { reason: "misspelt", phone: "+998977770003" }));
  done(await registrar.post(at(caseId, "closures"), { reason: "came-home" }));
  const again = await registrar.post(at(caseId, "corrections"), correction, { key: "for-ever" });
  t.same([again.status, again.body], [200, answer.body]);
  const changed = { ...correction, phone: "+998977770004" };
  const other = await registrar.post(at(caseId, "corrections"), changed, { key: "for-ever" });
  t.same([other.status, other.body.code], [422, "idempotency-key-reused"]);
});

t.test("a key means the same command only for who sent it", async (t) => {
  const caseId = await doors.newCase();
  const colleague = await doors.as({ role: "registrar", unit: "1726", subject: "colleague" });
  done(await registrar.post(at(caseId, "suspensions"), held, { key: "ours" }));
  t.equal((await colleague.post(at(caseId, "suspensions"), held, { key: "ours" })).body.code, "already-done");
});

t.test("a command on what has moved on since it was seen is not taken", async (t) => {
  const caseId = await doors.newCase();
  const seen = (await doors.shown(caseId)).revision as number;
  const etag = (await registrar.get(`/registration/cases/${caseId}`)).headers.get("etag")!;
  t.equal(etag, `"${seen}"`);
  const taken = await registrar.post(at(caseId, "suspensions"), held, { headers: { "if-match": etag } });
  t.same([taken.status, taken.headers.get("etag")], [200, `"${seen + 1}"`]);
  const late = await registrar.post(at(caseId, "cvs"), cv, { headers: { "if-match": etag } });
  t.same([late.status, late.body.code], [412, "precondition-failed"]);
  t.match(late.body.detail, `"${seen + 1}"`);
  const any = { headers: { "if-match": "*" } };
  const there = await registrar.post(at(caseId, "resumptions"), { reason: held.reason }, any);
  t.equal(there.status, 200, "whatever its revision is, it is there");
  const absent = await registrar.post("/registration/cases", doors.newBody(), any);
  t.same([absent.status, absent.body.code], [412, "precondition-failed"], "what is not there has no revision");
  const nonsense = await registrar.post(at(caseId, "cvs"), cv, { headers: { "if-match": "7" } });
  t.same([nonsense.status, nonsense.body.code], [400, "if-match-malformed"]);
});

t.test("a registration is answered with its case number, and again so", async (t) => {
  const body = doors.newBody();
  const answer = await registrar.post("/registration/cases", body, { key: "newcomer" });
  t.equal(answer.status, 201);
  t.equal(answer.headers.get("location"), `/registration/cases/${answer.body.id}`);
  t.match(answer.body.caseNumber, /^\d{4}-1726-\d{6}$/);
  const again = await registrar.post("/registration/cases", body, { key: "newcomer" });
  t.same([again.status, again.body], [201, answer.body]);
  const other = await registrar.post("/registration/cases", { ...body, phone: "+998977770005" }, { key: "newcomer" });
  t.same([other.status, other.body.code], [422, "idempotency-key-reused"]);
  t.match(await doors.shown(answer.body.id as string), {
    state: "submitted",
    data: { details: { phone: body["phone"] } },
  });
});

t.test("every broken rule of a registration is named at once, without what was written", async (t) => {
  const broken = doors.newBody({ pinfl: "31504901230010", phone: "12", passportExpiry: "2020-01-01" });
  const { status, body } = await registrar.post("/registration/cases", broken);
  t.same([status, body.code], [400, "invalid-request"]);
  t.same(
    new Set(body.errors.map(({ pointer }: { pointer: string }) => pointer)),
    new Set(["/pinfl", "/phone", "/passportExpiry"]),
  );
  t.notMatch(JSON.stringify(body), /31504901230010/);
});

t.test("what is not there, or lies in another branch, is not changed", async (t) => {
  t.equal((await registrar.post(at(nowhere, "closures"), { reason: "came-home" })).status, 404);
  const caseId = await doors.newCase();
  for (const persona of [
    { role: "registrar", unit: "1703" },
    { role: "agency", unit: "XBA-7" },
    { role: "candidate", caseId: nowhere },
  ] as const) {
    const other = await doors.as(persona);
    for (const [noun, body] of [
      ["withdrawals", { reason: "family-reasons" }],
      ["reopenings", { reason: "family-reasons" }],
      ["corrections", { reason: "misspelt", phone: "+998977770006" }],
    ] as const) {
      const { status, body: told } = await other.post(at(caseId, noun), body);
      t.equal(status, 403, `${persona.role} ${noun}`);
      t.match(told.code, /out-of-scope|role-not-allowed/);
    }
  }
  t.match(await doors.shown(caseId), { state: "submitted" });
});

const forTheCase: readonly Role[] = ["registrar", "agency", "representative", "candidate"];
const officials: readonly Role[] = ["registrar", "representative"];
const holders: readonly Role[] = ["registrar", "shift-lead", "compliance"];
const enders: readonly Role[] = ["registrar", "representative", "shift-lead"];
/** Who may do what, said a second time, so that a slip in the table is seen. */
const MAY: Readonly<Record<string, readonly Role[]>> = {
  RegisterCandidate: forTheCase,
  GrantConsent: forTheCase,
  WithdrawConsent: forTheCase,
  RequestIdentityVerification: forTheCase,
  VerifyIdentity: officials,
  RejectIdentity: officials,
  CorrectPersonDetails: officials,
  RenewPassport: [...officials, "candidate"],
  PublishCv: forTheCase,
  DeclareInterest: forTheCase,
  DismissDuplicate: ["registrar", "compliance"],
  ConfirmDuplicate: ["registrar", "compliance"],
  UnmergeCase: ["compliance"],
  SuspendCase: holders,
  ResumeCase: holders,
  WithdrawCandidate: forTheCase,
  CloseCase: enders,
  ReopenCase: enders,
};

t.test("every command is open to its roles and closed to all others", async (t) => {
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    const closed: string[] = [];
    for (const { name, path } of registration.commands) {
      const { status, body } = await client.post(`/registration${path.replace(/:\w+/g, nowhere)}`, {});
      if (status === 403 && (body as { code: string }).code === "role-not-allowed") closed.push(name);
    }
    const expected = registration.commands.map(({ name }) => name).filter((name) => !MAY[name]?.includes(role));
    t.same(closed, expected, role);
  }
});

t.test("the kept history of a case is the compliance officer's to read, and nobody's without a token", async (t) => {
  const caseId = await doors.newCase();
  await node.settled();
  t.equal((await compliance.get(`/registration/cases/${caseId}`)).status, 200);
  t.equal((await node.anybody.get(`/registration/cases/${caseId}`)).status, 401);
  t.equal((await node.anybody.post(at(caseId, "closures"), { reason: "came-home" })).status, 401);
});
