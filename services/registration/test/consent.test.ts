import t from "tap";
import { done, nowhere, openDoors } from "./support/doors.ts";

/** Nothing is shared without a consent in force; who takes it back is held, not punished. */

const doors = await openDoors(t);
const { registrar } = doors;
const at = (caseId: string, noun: string): string => `/registration/cases/${caseId}/${noun}`;
const cv = { isco: "7112", experienceYears: 4, languages: [], destinations: ["DE"] };

t.test("a consent says to whom what goes, and follows the candidate's own choice", async (t) => {
  const caseId = await doors.newCase();
  const [, first] = await doors.eventsOf(`registration-${caseId}`);
  t.match(first, {
    type: "ConsentGranted",
    data: {
      grantedOn: "2026-01-15",
      crossBorder: true,
      purposes: ["placement", "employers", "agencies", "cross-border-transfer"],
    },
  });
  t.equal(first?.meta.consentId, (first?.data as { consentId: string }).consentId);
  done(await registrar.post(at(caseId, "consents"), { grantedOn: "2026-01-20", purposes: ["placement"] }));
  const [second] = (await doors.eventsOf(`registration-${caseId}`)).slice(-1);
  t.match(second, {
    type: "ConsentGranted",
    data: { grantedOn: "2026-01-20", crossBorder: false, purposes: ["placement"] },
  });
  t.not((second?.data as { consentId: string }).consentId, first?.meta.consentId);
});

t.test("a consent without a purpose, or dated ahead, is none", async (t) => {
  const caseId = await doors.newCase();
  const none = await registrar.post(at(caseId, "consents"), { grantedOn: "2026-01-20", purposes: [] });
  t.match(none, { status: 400, body: { errors: [{ pointer: "/purposes", code: "too-small" }] } });
  const ahead = await registrar.post(at(caseId, "consents"), { grantedOn: "2999-01-20", purposes: ["placement"] });
  t.match(ahead, { status: 400, body: { code: "consent-in-future" } });
  const registered = await registrar.post("/registration/cases", doors.newBody({ consentDate: "2999-01-20" }));
  t.match(registered, { status: 400, body: { errors: [{ pointer: "/consentDate" }] } });
});

t.test("who takes the consent back is held, shares nothing more, and goes on after a new one", async (t) => {
  const caseId = await doors.newActiveCase();
  done(await registrar.post(at(caseId, "cvs"), cv));
  const candidate = await doors.as({ role: "candidate", caseId });
  t.equal((await candidate.post(at(caseId, "consent-withdrawals"), {})).status, 200);
  t.match(await doors.shown(caseId), { state: "suspended", data: { lifecycle: { holds: ["consent-withdrawn"] } } });
  t.equal((await candidate.post(at(caseId, "cvs"), cv)).body.code, "consent-not-in-force");
  const interest = await candidate.post(at(caseId, "interests"), { vacancyId: nowhere });
  t.same([interest.status, interest.body.code], [409, "consent-not-in-force"]);
  done(await candidate.post(at(caseId, "consents"), { grantedOn: "2026-02-01", purposes: ["placement"] }));
  t.match(await doors.shown(caseId), { state: "active", data: { lifecycle: { holds: [] } } });
  t.equal((await candidate.post(at(caseId, "interests"), { vacancyId: nowhere })).status, 200);
});

t.test("a withdrawal names the consent that ends, and what the law keeps is kept", async (t) => {
  const caseId = await doors.newCase();
  const [, granted] = await doors.eventsOf(`registration-${caseId}`);
  done(await registrar.post(at(caseId, "consent-withdrawals"), {}));
  const [withdrawn] = (await doors.eventsOf(`registration-${caseId}`)).slice(-1);
  t.match(withdrawn, { type: "ConsentWithdrawn", data: { consentId: granted?.meta.consentId } });
  t.ok((await doors.shown(caseId)).data.details.pinfl);
});

t.test("nobody lifts the hold of a withdrawn consent but a new consent", async (t) => {
  const caseId = await doors.newActiveCase();
  done(await registrar.post(at(caseId, "consent-withdrawals"), {}));
  const lifted = await registrar.post(at(caseId, "resumptions"), { reason: "consent-withdrawn" });
  t.same([lifted.status, lifted.body.code], [409, "consent-not-in-force"]);
  t.match(await doors.shown(caseId), { state: "suspended", data: { lifecycle: { holds: ["consent-withdrawn"] } } });
});

t.test("a case that is held for something else as well stays held when a new consent is given", async (t) => {
  const caseId = await doors.newActiveCase();
  done(await registrar.post(at(caseId, "suspensions"), { reason: "document-check" }));
  done(await registrar.post(at(caseId, "consent-withdrawals"), {}));
  done(await registrar.post(at(caseId, "consents"), { grantedOn: "2026-02-01", purposes: ["placement"] }));
  t.match(await doors.shown(caseId), { state: "suspended", data: { lifecycle: { holds: ["document-check"] } } });
});
