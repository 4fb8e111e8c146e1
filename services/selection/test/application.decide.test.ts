import t from "tap";
import { application } from "../src/aggregates.ts";
import { given, id, type Happened } from "./support/histories.ts";
import {
  accepted,
  applicationId,
  assessed,
  assessmentId,
  conflictOf,
  corridor,
  declined,
  employerId,
  interviewArranged,
  interviewed,
  interviewId,
  offered,
  onReserve,
  rejected,
  shortlisted,
  submitted,
  terms,
  vacancyId,
  withdrawn,
} from "./support/selections.ts";

const when = (...history: readonly Happened[]) => given(application, ...history);
const apply = (given: object = {}) => ({
  type: "SubmitApplication",
  applicationId,
  vacancyId,
  employerId,
  corridor,
  criteriaVersion: 1,
  isVacancyFilled: false,
  standing: "active",
  ...given,
});
const reasons = { reasons: ["meets-every-requirement"], basedOn: [] };
const decide = (type: string, given: object = {}) => ({ type, by: "decider", ...reasons, ...given });
const issue = (given: object = {}) =>
  decide("IssueOffer", {
    offerId: id(101),
    terms,
    contractMonths: 24,
    promised: terms,
    standing: "active",
    ...given,
  });
const accept = (standing = "active") => ({ type: "AcceptOffer", standing });
const withdraw = (isUnderWay = false) => ({ type: "WithdrawApplication", reason: "family-reasons", isUnderWay });
const { data: advice } = assessed("scorer");
const assess = (given: object = {}) => ({ type: "AssessMatch", by: "scorer", assessment: { ...advice, ...given } });

t.test("an active case applies once", async (t) => {
  t.same(when()(apply()).outcome, ["ApplicationSubmitted"]);
  t.same(when(submitted)(apply()).outcome, ["already-done!"]);
});

t.test("a case that is held or has ended takes no application, offer or acceptance", async (t) => {
  for (const standing of ["suspended", "withdrawn", "merged", "closed"]) {
    t.same(when()(apply({ standing })).outcome, ["case-not-active!"]);
    t.same(when(submitted, shortlisted)(issue({ standing })).outcome, ["case-not-active!"]);
    t.same(when(submitted, shortlisted, offered(1))(accept(standing)).outcome, ["case-not-active!"]);
  }
});

t.test("a candidate whose identity is still to be verified may apply", async (t) => {
  t.same(when()(apply({ standing: "submitted" })).outcome, ["ApplicationSubmitted"]);
});

t.test("nobody applies in vain for a filled vacancy", async (t) => {
  t.same(when()(apply({ isVacancyFilled: true })).outcome, ["vacancy-filled!"]);
});

t.test("who withdrew or declined may apply again, who was rejected may not", async (t) => {
  t.same(when(submitted, withdrawn)(apply()).outcome, ["ApplicationSubmitted"]);
  t.same(when(submitted, shortlisted, offered(1), declined(1))(apply()).outcome, ["ApplicationSubmitted"]);
  t.same(when(submitted, rejected)(apply()).outcome, ["application-rejected-before!"]);
});

t.test("what was never applied for is no application", async (t) => {
  t.same(when()(decide("ShortlistApplication")).outcome, ["application-not-submitted!"]);
  t.same(when()(withdraw()).outcome, ["application-not-submitted!"]);
});

t.test("advice is recorded by the vacancy's own criteria, and decides nothing", async (t) => {
  t.same(when(submitted)(assess()).outcome, ["MatchAssessed"]);
  t.same(when(submitted)(assess({ criteriaVersion: 2 })).outcome, ["criteria-version-differs!"]);
  t.same(when(submitted, assessed("scorer"))(issue()).outcome, ["not-shortlisted!"]);
});

t.test("who scored does not decide, and somebody else does", async (t) => {
  const history = [submitted, assessed("scorer")];
  for (const type of ["ShortlistApplication", "PlaceOnReserve", "RejectApplication"]) {
    t.same(when(...history)(decide(type, { by: "scorer" })).outcome, ["scorer-may-not-decide!"]);
    t.not(when(...history)(decide(type)).outcome[0]?.endsWith("!"), true, type);
  }
  t.same(when(...history, shortlisted)(issue({ by: "scorer" })).outcome, ["scorer-may-not-decide!"]);
});

t.test("who declared a conflict of interest neither scores nor decides", async (t) => {
  const history = [submitted, conflictOf("cousin")];
  t.same(when(...history)(decide("RejectApplication", { by: "cousin" })).outcome, ["conflict-of-interest!"]);
  t.same(when(...history)({ ...assess(), by: "cousin" }).outcome, ["conflict-of-interest!"]);
  t.same(when(...history)({ type: "DeclareConflictOfInterest", by: "cousin", relation: "family" }).outcome, [
    "already-done!",
  ]);
});

t.test("no decision is made without reasons", async (t) => {
  for (const type of ["ShortlistApplication", "PlaceOnReserve", "RejectApplication"])
    t.same(when(submitted)(decide(type, { reasons: [] })).outcome, ["reasons-missing!"]);
  t.same(when(submitted, shortlisted)(issue({ reasons: [] })).outcome, ["reasons-missing!"]);
});

t.test("a decision refers to assessments of this application only", async (t) => {
  const by = { basedOn: [assessmentId] };
  t.same(when(submitted)(decide("ShortlistApplication", by)).outcome, ["assessment-unknown!"]);
  t.same(when(submitted, assessed("scorer"))(decide("ShortlistApplication", by)).outcome, ["Shortlisted"]);
});

t.test("a CV is viewed when nothing stands against it, every time anew", async (t) => {
  const view = { type: "ViewCv", viewId: id(7), viewer: "employer", notShown: undefined };
  t.same(when(submitted)(view).outcome, ["CvViewed"]);
  t.same(when(submitted, { type: "CvViewed", data: { viewId: id(7) } })(view).outcome, ["CvViewed"]);
  t.same(when(submitted)({ ...view, notShown: { code: "consent-not-in-force" } }).outcome, ["consent-not-in-force!"]);
  t.same(when(submitted, withdrawn)(view).outcome, ["application-over!"], "sharing stops with the application");
});

t.test("an interview is arranged for who is on the shortlist or on reserve", async (t) => {
  const arrange = { type: "ScheduleInterview", interview: interviewArranged.data };
  t.same(when(submitted)(arrange).outcome, ["not-shortlisted!"]);
  t.same(when(submitted, shortlisted)(arrange).outcome, ["InterviewScheduled"]);
  t.same(when(submitted, shortlisted, offered(1))(arrange).outcome, ["offer-pending!"]);
});

t.test("that an interview was held is taken however late, once for each appointment", async (t) => {
  const held = (interview: object) => ({
    type: "RecordInterview",
    interview: { outcome: "passed", reasons: ["ok"], ...interview },
  });
  t.same(when(submitted, shortlisted, interviewArranged)(held({ interviewId })).outcome, ["InterviewHeld"]);
  t.same(when(submitted, shortlisted, interviewArranged, withdrawn)(held({ interviewId })).outcome, ["InterviewHeld"]);
  t.same(when(submitted)(held({})).outcome, ["InterviewHeld"], "without an appointment too");
  t.same(when(submitted, interviewArranged, interviewed)(held({ interviewId })).outcome, ["already-done!"]);
  t.same(when(submitted)(held({ interviewId })).outcome, ["interview-unknown!"]);
});

t.test("a late interview does not take back what was decided since", async (t) => {
  const history = [submitted, shortlisted, interviewArranged, offered(1), accepted(1), interviewed];
  t.same(when(...history)({ type: "ReserveAfterVisaRefusal" }).outcome, ["PlacedOnReserve"]);
});

t.test("an offer says no less than the vacancy promises", async (t) => {
  const history = [submitted, shortlisted];
  const wage = (minor: number, currency = "EUR") => ({ terms: { ...terms, wageMonth: { minor, currency } } });
  t.same(when(...history)(issue(wage(239_999))).outcome, ["offer-below-vacancy!"]);
  t.same(when(...history)(issue(wage(240_000, "TRY"))).outcome, ["offer-below-vacancy!"]);
  t.same(when(...history)(issue({ terms: { ...terms, isco: "9211" } })).outcome, ["offer-below-vacancy!"]);
  t.same(when(...history)(issue(wage(250_000))).outcome, ["OfferIssued"]);
});

t.test("one offer at a time is open, and its acceptance repeats what was offered", async (t) => {
  t.same(when(submitted, shortlisted, offered(1))(issue()).outcome, ["already-done!"]);
  const { outcome, facts } = when(submitted, shortlisted, offered(1))(accept());
  t.same(outcome, ["OfferAccepted"]);
  t.match(facts[0]?.data, { offerId: id(101), employerId, corridor, contractMonths: 24, terms });
});

t.test("an offer is answered once", async (t) => {
  const decline = { type: "DeclineOffer", reason: "wage-too-low" };
  t.same(when(submitted, shortlisted)(accept()).outcome, ["no-open-offer!"]);
  t.same(when(submitted, shortlisted, offered(1))(decline).outcome, ["OfferDeclined"]);
  t.same(when(submitted, shortlisted, offered(1), accepted(1))(accept()).outcome, ["already-done!"]);
  t.same(when(submitted, shortlisted, offered(1), accepted(1))(decline).outcome, ["no-open-offer!"]);
  t.same(when(submitted, shortlisted, offered(1), declined(1))(accept()).outcome, ["no-open-offer!"]);
});

t.test("what was accepted cannot be rejected or put on reserve by the selection", async (t) => {
  const history = [submitted, shortlisted, offered(1), accepted(1)];
  t.same(when(...history)(decide("RejectApplication")).outcome, ["offer-accepted!"]);
  t.same(when(...history)(decide("PlaceOnReserve")).outcome, ["offer-accepted!"]);
});

t.test("a refused visa puts the application on reserve with priority, and it may be offered again", async (t) => {
  const history = [submitted, shortlisted, offered(1), accepted(1)];
  const { outcome, facts } = when(...history)({ type: "ReserveAfterVisaRefusal" });
  t.same(outcome, ["PlacedOnReserve"]);
  t.match(facts[0]?.data, { priority: true, cause: "visa-refused", offerId: id(101) });
  t.same(when(...history, onReserve)(issue({ offerId: id(102) })).outcome, ["OfferIssued"]);
  t.same(when(...history, onReserve)({ type: "ReserveAfterVisaRefusal" }).outcome, ["already-done!"]);
});

t.test("an application is withdrawn at any stage before the departure, with the offer that ends by it", async (t) => {
  t.same(when(submitted)(withdraw()).outcome, ["ApplicationWithdrawn"]);
  const { facts } = when(submitted, shortlisted, offered(1), accepted(1))(withdraw());
  t.equal(facts[0]?.data["offerId"], id(101));
  t.equal(
    when(submitted, shortlisted, offered(1), accepted(1), onReserve)(withdraw()).facts[0]?.data["offerId"],
    undefined,
  );
  t.same(when(submitted, withdrawn)(withdraw()).outcome, ["already-done!"]);
  t.same(when(submitted, rejected)(withdraw()).outcome, ["application-over!"]);
});

t.test("who has left for the job has no application to take back", async (t) => {
  t.same(when(submitted, shortlisted, offered(1), accepted(1))(withdraw(true)).outcome, ["already-departed!"]);
  t.same(when(submitted)(withdraw(true)).outcome, ["ApplicationWithdrawn"], "another application still can be");
});
