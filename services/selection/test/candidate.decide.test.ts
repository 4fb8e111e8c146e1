import t from "tap";
import { initialDepartureLifecycle } from "@safar/contracts";
import { candidacy, candidateOfRegistration } from "../src/aggregates.ts";
import { matchableCv, type CandidateView } from "../src/domain/candidate-view.ts";
import { whyNotShown } from "../src/domain/cv-sharing.ts";
import { isUnderWay } from "../src/domain/under-way.ts";
import { given, id, stateAfter, type Happened } from "./support/histories.ts";
import { caseId, vacancyId } from "./support/selections.ts";

const profile = { isco: "8332", experienceYears: 3, languages: [{ tag: "de", cefr: "B1" }], destinations: ["DE"] };
const opened: Happened = { type: "CvOpenedToMatching", data: profile };
const acceptance = (n: number) => ({ applicationId: id(n), offerId: id(100 + n), caseId });
const held = (n: number): Happened => ({ type: "AcceptanceReserved", data: acceptance(n) });
const hold = (n: number, placedRounds: string[] = []) => ({
  type: "ReserveAcceptance",
  ...acceptance(n),
  placedRounds,
});
const free = (n: number) => ({ type: "ReleaseAcceptance", ...acceptance(n), reason: "candidate-withdrew" });

t.test("a CV is opened once for what it says, and again when it says something else", async (t) => {
  t.same(given(candidacy)({ type: "OpenCv", profile }).outcome, ["CvOpenedToMatching"]);
  t.same(given(candidacy, opened)({ type: "OpenCv", profile: { ...profile } }).outcome, ["already-done!"]);
  const more = { ...profile, experienceYears: 4 };
  t.same(given(candidacy, opened)({ type: "OpenCv", profile: more }).outcome, ["CvOpenedToMatching"]);
});

t.test("a CV that is open is closed once", async (t) => {
  const close = { type: "CloseCv", reason: "consent-withdrawn" };
  t.same(given(candidacy)(close).outcome, ["already-done!"]);
  t.same(given(candidacy, opened)(close).outcome, ["CvClosedToMatching"]);
});

t.test("a candidate holds one accepted offer, until it is released or has come to a placement", async (t) => {
  t.same(given(candidacy)(hold(1)).outcome, ["AcceptanceReserved"]);
  t.same(given(candidacy, held(1))(hold(2)).outcome, ["another-offer-accepted!"]);
  t.same(given(candidacy, held(1))(hold(2, [id(1)])).outcome, ["AcceptanceReserved"]);
  const released = { type: "AcceptanceReleased", data: { ...acceptance(1), reason: "visa-refused" } };
  t.same(given(candidacy, held(1), released)(hold(2)).outcome, ["AcceptanceReserved"]);
});

t.test("a late release of an earlier acceptance leaves the present one", async (t) => {
  t.same(given(candidacy, held(1), held(2))(free(1)).outcome, ["already-done!"]);
  t.same(given(candidacy, held(2))(free(2)).outcome, ["AcceptanceReleased"]);
  const late = { type: "AcceptanceReleased", data: { ...acceptance(1), reason: "visa-refused" } };
  t.same(given(candidacy, held(1), held(2), late)(hold(3)).outcome, ["another-offer-accepted!"]);
});

const verified: Happened = { type: "IdentityVerified", data: {} };
const cv: Happened = { type: "CvPublished", data: profile };
const interest: Happened = { type: "InterestDeclared", data: { vacancyId } };
const consent = (given: object = {}): Happened => ({
  type: "ConsentGranted",
  data: { consentId: id(9), purposes: ["placement", "employers"], ...given },
});
const candidate = (...history: readonly Happened[]) => stateAfter<CandidateView>(candidateOfRegistration, history);
const shown = (viewer: "employer" | "selector", ...history: readonly Happened[]) =>
  whyNotShown(candidate(...history), { vacancyId, viewer, today: "2026-02-16" })?.code;

t.test("identity proven and a CV published open it to matching, in whichever order they come", async (t) => {
  t.ok(matchableCv(candidate(verified, cv)));
  t.ok(matchableCv(candidate(cv, verified)));
  t.notOk(matchableCv(candidate(cv)));
  t.notOk(matchableCv(candidate(verified)));
  t.notOk(matchableCv(candidate(verified, cv, { type: "CaseSuspended", data: { reason: "check" } })));
});

t.test("an employer sees a CV after interest was declared and while the consent counts", async (t) => {
  const all = [consent(), verified, cv, interest];
  t.equal(shown("employer", ...all), undefined);
  t.equal(shown("employer", consent(), verified, cv), "interest-not-declared");
  t.equal(shown("employer", consent({ purposes: ["placement"] }), verified, cv, interest), "consent-not-in-force");
  t.equal(shown("employer", consent({ validUntil: "2026-02-15" }), verified, cv, interest), "consent-not-in-force");
  t.equal(shown("employer", consent({ validUntil: "2026-02-16" }), verified, cv, interest), undefined);
  t.equal(shown("employer", ...all, { type: "ConsentWithdrawn", data: { consentId: id(9) } }), "case-not-active");
  t.equal(shown("employer", consent(), verified, interest), "cv-not-published");
});

t.test("a consent that is withdrawn does not count again because the case goes on", async (t) => {
  const other = consent({ consentId: id(10), purposes: ["placement"] });
  const withdrawn = { type: "ConsentWithdrawn", data: { consentId: id(9) } };
  t.equal(shown("employer", consent(), verified, cv, interest, withdrawn, other), "consent-not-in-force");
});

t.test("a selector needs no declared interest", async (t) => {
  t.equal(shown("selector", verified, cv), undefined);
});

t.test("a worker who has left for a job, or works there, is under way in it", async (t) => {
  const [this_, other] = [id(1), id(2)];
  const view = { placedRounds: [] as string[] };
  const left = { ...initialDepartureLifecycle, travel: { exitedAt: "2026-05-01T04:00:00Z" } };
  t.notOk(isUnderWay(this_, view, initialDepartureLifecycle));
  t.ok(isUnderWay(this_, { placedRounds: [this_] }, initialDepartureLifecycle));
  t.ok(isUnderWay(this_, view, { ...left, round: this_ }));
  t.ok(isUnderWay(this_, view, left), "an exit whose round is not known yet counts");
  t.notOk(isUnderWay(this_, view, { ...left, round: other }));
});
