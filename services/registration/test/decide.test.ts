import t from "tap";
import { registrationStatus } from "@safar/contracts";
import type { CaseCommand } from "../src/domain/case/commands.ts";
import type { DuplicatePairCommand } from "../src/domain/duplicate-pair/commands.ts";
import {
  candidate,
  closed,
  consent,
  consented,
  consentWithdrawn,
  cv,
  cvPublished,
  dismissed,
  givenCase,
  givenPair,
  givenPerson,
  held,
  id,
  identityRequested,
  identityVerified,
  merged,
  registered,
  suspected,
  suspicion,
  withdrew,
  type CaseFact,
} from "./support/given.ts";

const register = (given: object = {}): CaseCommand => ({
  type: "RegisterCandidate",
  candidate,
  consent: consent(),
  ageOnAsOf: 35,
  suspected: [],
  ...given,
});
const correct = (given: object = {}, unchanged: readonly string[] = []): CaseCommand => ({
  type: "CorrectPersonDetails",
  correction: { corrects: id(9000), reason: "misspelt", warnings: [], ...given },
  unchanged,
  suspected: [],
});
const active = [registered, consented, identityRequested(10), identityVerified] as const;
const statusOf = (...facts: readonly CaseFact[]) => registrationStatus(givenCase(...facts).state.lifecycle);

t.test("a registration says who the candidate is, and that the consent was given", async (t) => {
  t.same(givenCase().when(register()), ["CandidateRegistered", "ConsentGranted"]);
  const listed = register({ addressedList: { branch: "1726", listDate: "2026-02-01" } });
  t.same(givenCase().when(listed), ["CandidateRegistered", "ConsentGranted", "AddressedListEntryAdded"]);
  t.equal(givenCase(registered).when(register()), "already-done");
});

t.test("a candidate is 18 on the day of registration, not a day younger", async (t) => {
  t.equal(givenCase().when(register({ ageOnAsOf: 17 })), "underage");
  t.same(givenCase().when(register({ ageOnAsOf: 18 })), ["CandidateRegistered", "ConsentGranted"]);
});

t.test("a consent is not dated after the day on which it is recorded", async (t) => {
  const tomorrow = { ...consent(), grantedOn: "2026-02-17" };
  const today = { ...consent(), grantedOn: "2026-02-16" };
  t.equal(givenCase().when(register({ consent: tomorrow })), "consent-in-future");
  t.same(givenCase().when(register({ consent: today })), ["CandidateRegistered", "ConsentGranted"]);
  const grant = (given: typeof tomorrow) => ({ type: "GrantConsent", consent: given, asOf: "2026-02-16" }) as const;
  t.equal(givenCase(registered).when(grant(tomorrow)), "consent-in-future");
  t.same(givenCase(registered).when(grant(today)), ["ConsentGranted"]);
});

t.test("nothing is decided on a case that is not registered", async (t) => {
  t.equal(givenCase().when({ type: "CloseCase", reason: "came-home" }), "not-registered");
  t.equal(givenCase(suspected(1)).when({ type: "PublishCv", cv }), "not-registered");
});

t.test("an identity is asked for, verified or rejected, and asked for again", async (t) => {
  const ask = { type: "RequestIdentityVerification", requestId: id(11), method: "document" } as const;
  const verify = { type: "VerifyIdentity", requestId: id(10), method: "document" } as const;
  const reject = { type: "RejectIdentity", requestId: id(10), reason: "photo-unlike" } as const;
  const asked = givenCase(registered, identityRequested(10));
  t.same(givenCase(registered).when(ask), ["IdentityVerificationRequested"]);
  t.equal(asked.when(ask), "already-done");
  t.same(asked.when(verify), ["IdentityVerified"]);
  t.same(asked.when(reject), ["IdentityRejected"]);
  t.equal(asked.when({ ...verify, requestId: id(12) }), "identity-not-requested");
  t.equal(asked.when({ ...reject, requestId: id(12) }), "identity-not-requested");
  for (const command of [ask, verify, reject])
    t.equal(givenCase(...active).when(command), "identity-already-verified", command.type);
});

t.test("who is registered abroad is verified as such", async (t) => {
  const abroad: CaseFact = { type: "CandidateRegistered", data: { ...candidate, startsAbroad: true } };
  const decision = givenCase(abroad, identityRequested(10)).decide({
    type: "VerifyIdentity",
    requestId: id(10),
    method: "face-id",
    liveness: true,
    score: 0.98,
  });
  t.match(decision, { facts: [{ data: { startsAbroad: true, liveness: true, score: 0.98 } }] });
});

t.test("a correction that changes nothing is not recorded", async (t) => {
  t.same(givenCase(registered).when(correct({ phone: "+998900000001" })), ["PersonDetailsCorrected"]);
  t.equal(givenCase(registered).when(correct({ phone: "+998901234567" }, ["phone"])), "already-done");
  t.equal(givenCase(registered).when(correct()), "already-done");
  const passport = { passport: "AD7654321", passportExpiry: "2036-01-01" };
  const renew = (sameAsBefore: boolean) => ({ type: "RenewPassport", passport, sameAsBefore, suspected: [] }) as const;
  t.same(givenCase(registered).when(renew(false)), ["PassportRenewed"]);
  t.equal(givenCase(registered).when(renew(true)), "already-done");
});

t.test("whom new details resemble is suspected, but not whom a person has judged before", async (t) => {
  const command = { ...correct({ surname: "Yusupov" }), suspected: [suspicion(1), suspicion(2)] } as CaseCommand;
  t.same(givenCase(registered).when(command), ["PersonDetailsCorrected", "DuplicateSuspected", "DuplicateSuspected"]);
  t.same(givenCase(registered, suspected(1), dismissed(1)).when(command), [
    "PersonDetailsCorrected",
    "DuplicateSuspected",
  ]);
});

t.test("a CV is published while the consent is in force, then revised", async (t) => {
  const publish = { type: "PublishCv", cv } as const;
  t.same(givenCase(registered).when(publish), ["CvPublished"]);
  t.same(givenCase(registered, cvPublished).when(publish), ["CvRevised"]);
  t.equal(givenCase(registered, consented, consentWithdrawn).when(publish), "consent-not-in-force");
});

t.test("interest is declared once, with a CV, in a case that nothing holds", async (t) => {
  const interest = { type: "DeclareInterest", vacancyId: id(7) } as const;
  t.equal(givenCase(...active).when(interest), "cv-not-published");
  t.same(givenCase(...active, cvPublished).when(interest), ["InterestDeclared"]);
  t.equal(givenCase(...active, cvPublished, held).when(interest), "case-suspended");
  t.equal(givenCase(...active, cvPublished, consentWithdrawn).when(interest), "consent-not-in-force");
  const declared = { type: "InterestDeclared", data: { vacancyId: id(7) } } as const;
  t.equal(givenCase(...active, cvPublished, declared).when(interest), "already-done");
});

t.test("a consent that is withdrawn holds the case until another is given", async (t) => {
  const withdraw = { type: "WithdrawConsent", withdrawnOn: "2026-02-16" } as const;
  t.same(givenCase(...active).when(withdraw), ["ConsentWithdrawn"]);
  t.equal(givenCase(...active, consentWithdrawn).when(withdraw), "already-done");
  t.equal(statusOf(...active, consentWithdrawn), "suspended");
  t.equal(statusOf(...active, consentWithdrawn, consented), "active");
  t.same(givenCase(...active, withdrew).when(withdraw), ["ConsentWithdrawn"], "also after the end");
});

t.test("a suspected duplicate is dismissed, confirmed or merged by a person, once", async (t) => {
  const dismiss = { type: "DismissDuplicate", otherCaseId: id(101) } as const;
  const confirm = { type: "ConfirmDuplicate", otherCaseId: id(101), mergeIntoOther: false } as const;
  const merge = { ...confirm, mergeIntoOther: true } as const;
  const confirmed = { type: "DuplicateConfirmed", data: { otherCaseId: id(101) } } as const;
  const doubted = [...active, suspected(1)];
  t.equal(statusOf(...doubted), "suspended");
  t.equal(statusOf(...doubted, dismissed(1)), "active");
  t.same(givenCase(...doubted).when(dismiss), ["DuplicateDismissed"]);
  t.same(givenCase(...doubted).when(confirm), ["DuplicateConfirmed"]);
  t.same(givenCase(...doubted).when(merge), ["DuplicateConfirmed", "CaseMerged"]);
  t.equal(givenCase(...doubted, confirmed).when(confirm), "already-done");
  t.same(givenCase(...doubted, confirmed).when(merge), ["CaseMerged"], "what was confirmed is merged later");
  for (const command of [dismiss, confirm, merge])
    t.equal(givenCase(...active).when(command), "duplicate-not-suspected");
  t.equal(givenCase(...doubted).when({ type: "SuspectDuplicate", suspected: suspicion(1) }), "already-done");
});

t.test("a merge is undone, and no other case is", async (t) => {
  t.same(givenCase(...active, suspected(1), merged).when({ type: "UnmergeCase" }), ["CaseUnmerged"]);
  t.equal(givenCase(...active).when({ type: "UnmergeCase" }), "not-merged");
  t.equal(givenCase(...active, merged).when({ type: "ReopenCase", reason: "further-departure" }), "case-not-ended");
});

t.test("a case is held for each reason apart", async (t) => {
  const hold = (reason: string) => ({ type: "SuspendCase", reason }) as const;
  const free = (reason: string) => ({ type: "ResumeCase", reason }) as const;
  t.same(givenCase(...active).when(hold("document-check")), ["CaseSuspended"]);
  t.equal(givenCase(...active, held).when(hold("document-check")), "already-done");
  t.same(givenCase(...active, held).when(hold("court-order")), ["CaseSuspended"]);
  t.same(givenCase(...active, held).when(free("document-check")), ["CaseResumed"]);
  t.equal(givenCase(...active, held).when(free("court-order")), "not-suspended-for-this");
});

t.test("what has ended takes nothing more until it is opened again", async (t) => {
  for (const end of [withdrew, closed, merged])
    for (const command of [
      { type: "PublishCv", cv },
      { type: "GrantConsent", consent: consent(2), asOf: "2026-02-16" },
      { type: "SuspendCase", reason: "document-check" },
      { type: "WithdrawCandidate", reason: "family-reasons" },
      { type: "CloseCase", reason: "came-home" },
    ] as const)
      t.equal(givenCase(...active, end).when(command), "case-ended", `${end.type} ${command.type}`);
  const reopen = { type: "ReopenCase", reason: "further-departure" } as const;
  t.same(givenCase(...active, withdrew).when(reopen), ["CaseReopened"]);
  t.equal(givenCase(...active).when(reopen), "case-not-ended");
});

t.test("a case that is opened again goes on where its proof of identity stood", async (t) => {
  const reopened = { type: "CaseReopened", data: { reason: "further-departure" } } as const;
  const unmerged = { type: "CaseUnmerged", data: { fromCaseId: id(2) } } as const;
  for (const end of [withdrew, closed, merged])
    for (const again of [reopened, unmerged]) {
      t.equal(statusOf(...active, end, again), "active");
      t.equal(statusOf(registered, end, again), "submitted");
      t.equal(statusOf(registered, identityRequested(1), end, again), "identityPending");
      t.equal(statusOf(registered, end, identityVerified, again), "active", "a proof that came late counts");
    }
});

t.test("a round is marked as placed once, also after the end", async (t) => {
  const placed = { type: "MarkJourneyPlaced", round: id(4) } as const;
  t.same(givenCase(...active, closed).when(placed), ["JourneyPlaced"]);
  t.equal(givenCase(...active, { type: "JourneyPlaced", data: { round: id(4) } }).when(placed), "already-done");
});

t.test("a person has one open journey, and another one after it has ended", async (t) => {
  const opened = { type: "JourneyOpened", data: { caseId: id(1) } } as const;
  const ended = { type: "JourneyEnded", data: { caseId: id(1), cause: "withdrawn" } } as const;
  const open = (n: number) => ({ type: "OpenJourney", caseId: id(n) }) as const;
  const end = (n: number) => ({ type: "EndJourney", caseId: id(n), cause: "closed" }) as const;
  t.same(givenPerson().when(open(1)), ["JourneyOpened"]);
  t.equal(givenPerson(opened).when(open(1)), "already-done");
  t.equal(givenPerson(opened).when(open(2)), "open-journey-exists");
  t.same(givenPerson(opened, ended).when(open(2)), ["JourneyOpened"]);
  t.same(givenPerson(opened).when(end(1)), ["JourneyEnded"]);
  t.equal(givenPerson(opened).when(end(2)), "already-done", "another journey is not ended by it");
  t.equal(givenPerson(opened, ended).when(end(1)), "already-done");
});

t.test("two suspected cases are decided upon at the first one where a person decides", async (t) => {
  const command = (type: DuplicatePairCommand["type"], n: number): DuplicatePairCommand => ({ type, caseId: id(n) });
  const [take, giveBack] = [command("TakeDecision", 1), command("GiveDecisionBack", 1)];
  const taken = { type: "DuplicateDecisionTaken", data: { caseId: id(1) } } as const;
  const givenBack = { type: "DuplicateDecisionGivenBack", data: { caseId: id(1) } } as const;
  const there = command("TakeDecision", 2);
  t.same(givenPair().when(take), ["DuplicateDecisionTaken"]);
  t.same(givenPair(taken).when(take), ["DuplicateDecisionTaken"], "a merge after a confirmation");
  t.same(givenPair(taken).when(there), "duplicate-not-suspected");
  t.same(givenPair(taken).when(giveBack), ["DuplicateDecisionGivenBack"]);
  t.same(givenPair(taken, givenBack).when(there), ["DuplicateDecisionTaken"]);
  t.same(givenPair(taken, taken, givenBack).when(there), "duplicate-not-suspected", "one of two still stands");
  t.same(givenPair(taken).when(command("GiveDecisionBack", 2)), "already-done");
  t.same(givenPair(taken, givenBack).when(giveBack), "already-done");
});
