import t from "tap";
import { done, nowhere, openDoors, pathOf } from "./support/doors.ts";
import { employerId, identityVerified, registration, roundOf } from "./support/elsewhere.ts";
import { lowerWage, signed } from "./support/given.ts";

/** Each command once as it is meant and once as it is refused; who may send it is in access.test.ts. */

const doors = await openDoors(t);
const { agency, employer, representative, node } = doors;
const confirmation = { startedOn: "2026-06-03", contract: signed };

t.test("a report and the employer's confirmation with the contract confirm the placement", async (t) => {
  const caseId = await doors.opened();
  const candidate = await doors.candidateOf(caseId);
  const reported = await candidate.post(
    pathOf(caseId, "reports"),
    { placed: true, note: "All is well." },
    { key: "r" },
  );
  t.equal(reported.status, 200);
  const again = await candidate.post(pathOf(caseId, "reports"), { placed: true, note: "All is well." }, { key: "r" });
  t.same([again.status, again.body], [200, reported.body]);
  t.equal((await candidate.post(pathOf(caseId, "reports"), { placed: true })).body.code, "already-done");
  t.equal((await doors.shown(caseId)).state, "reported");
  t.equal((await employer.post(pathOf(caseId, "employer-confirmations"), confirmation)).status, 200);
  t.equal((await employer.post(pathOf(caseId, "employer-confirmations"), confirmation)).body.code, "already-done");
  const confirmed = (await doors.recorded(caseId)).find(({ type }) => type === "PlacementConfirmed");
  t.match(confirmed?.data, { round: roundOf(caseId), employerId });
  t.equal((await doors.shown(caseId)).state, "confirmed");
});

t.test("a report is taken before the placement opens, with the time from which it counts", async (t) => {
  const caseId = await doors.newCase();
  const effectiveAt = "2026-06-03T05:00:00.000Z";
  t.equal((await agency.post(pathOf(caseId, "reports"), { placed: true, effectiveAt })).status, 200);
  const [report] = await doors.recorded(caseId);
  t.equal(report?.meta.effectiveAt, effectiveAt);
  t.equal(report?.data["round"], undefined);
  t.equal((await doors.shown(caseId)).state, "unopened");
  t.equal((await agency.post(pathOf(nowhere, "reports"), { placed: true })).status, 404);
});

t.test("candidates and agencies speak for themselves, staff for whom they name", async (t) => {
  const caseId = await doors.opened();
  const posed = await agency.post(pathOf(caseId, "reports"), { placed: true, onBehalfOf: "candidate" });
  t.same([posed.status, posed.body.code], [422, "not-on-own-behalf"]);
  done(await representative.post(pathOf(caseId, "reports"), { placed: true, onBehalfOf: "agency" }));
  done(await representative.post(pathOf(caseId, "reports"), { placed: true }));
  t.same((await doors.typesOf(caseId)).slice(-2), ["PlacementReportedByAgency", "PlacementReportedByCandidate"]);
});

t.test("a note is sealed in the log and opened only for those who may see it", async (t) => {
  const caseId = await doors.opened();
  done(await agency.post(pathOf(caseId, "reports"), { placed: true, note: "NOTE-OF-THE-AGENCY" }));
  for await (const { data } of node.kit.store.readStream(`placement-${caseId}`))
    t.notMatch(Buffer.from(data).toString(), /NOTE-OF-THE-AGENCY/);
});

t.test("a contract that differs is on record, and a decision settles it", async (t) => {
  const caseId = await doors.opened();
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  t.equal((await employer.post(pathOf(caseId, "contracts"), lowerWage)).status, 200);
  t.equal((await employer.post(pathOf(caseId, "contracts"), lowerWage)).body.code, "already-done");
  t.match((await doors.recorded(caseId)).at(-1), {
    type: "ContractMismatchDetected",
    data: { uploadedBy: "employer", differences: ["hash", "wage"], referenceSha256: signed.sha256 },
  });
  done(await employer.post(pathOf(caseId, "employer-confirmations"), { ...confirmation, contract: lowerWage }));
  t.equal((await doors.shown(caseId)).state, "reported");
  const resolution = { outcome: "placed", reason: "wage-corrected" };
  t.equal((await representative.post(pathOf(caseId, "dispute-resolutions"), resolution)).status, 200);
  t.equal((await doors.shown(caseId)).state, "confirmed");
  const again = await representative.post(pathOf(caseId, "dispute-resolutions"), resolution);
  t.same([again.status, again.body.code], [409, "nothing-to-resolve"]);
});

t.test("the candidate says no job, the agency placed: disputed until it is decided", async (t) => {
  const caseId = await doors.opened();
  const candidate = await doors.candidateOf(caseId);
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  done(await candidate.post(pathOf(caseId, "reports"), { placed: false }));
  t.equal((await doors.shown(caseId)).state, "disputed");
  t.equal((await candidate.post(pathOf(caseId, "disputes"), { cause: "no-job" })).body.code, "already-done");
  done(await representative.post(pathOf(caseId, "dispute-resolutions"), { outcome: "not-placed", reason: "visited" }));
  t.equal((await doors.shown(caseId)).state, "opened");
  t.equal((await candidate.post(pathOf(caseId, "disputes"), { cause: "other-place" })).status, 200);
  const unopened = await doors.newCase();
  const early = await (await doors.candidateOf(unopened)).post(pathOf(unopened, "disputes"), { cause: "no-job" });
  t.same([early.status, early.body.code], [409, "placement-not-opened"]);
});

t.test("a worker checks in, and a confirmed placement is completed", async (t) => {
  const caseId = await doors.opened();
  const completion = { reason: "contract-ended" };
  t.equal((await representative.post(pathOf(caseId, "completions"), completion)).body.code, "placement-not-confirmed");
  done(await agency.post(pathOf(caseId, "reports"), { placed: true }));
  done(await employer.post(pathOf(caseId, "employer-confirmations"), confirmation));
  const candidate = await doors.candidateOf(caseId);
  const checkIn = { working: true, effectiveAt: "2026-07-05T20:00:00.000Z" };
  t.equal((await candidate.post(pathOf(caseId, "check-ins"), checkIn)).status, 200);
  t.equal((await candidate.post(pathOf(caseId, "check-ins"), checkIn)).body.code, "already-done");
  const shown = await doors.shown(caseId);
  t.same([shown.state, shown.data.claims.checkIns.candidate.receivedOn], ["active", "2026-07-06"]);
  t.equal((await representative.post(pathOf(caseId, "completions"), completion)).status, 200);
  t.equal((await representative.post(pathOf(caseId, "completions"), completion)).body.code, "already-done");
  t.equal((await doors.shown(caseId)).state, "completed");
});

t.test("a representative brings the word of an employer abroad that has no account", async (t) => {
  const caseId = await doors.newCase();
  await registration(node.kit, caseId, identityVerified(true));
  await node.settled();
  done(await representative.post(pathOf(caseId, "reports"), { placed: true }));
  done(await representative.post(pathOf(caseId, "contracts"), signed));
  const differing = { ...confirmation, contract: lowerWage };
  done(await representative.post(pathOf(caseId, "employer-confirmations"), differing));
  t.equal((await doors.shown(caseId)).state, "reported");
  done(await representative.post(pathOf(caseId, "employer-confirmations"), confirmation));
  const confirmed = (await doors.recorded(caseId)).find(({ type }) => type === "PlacementConfirmed");
  t.same([confirmed?.data["round"], confirmed?.data["employerId"]], [caseId, undefined]);
});
