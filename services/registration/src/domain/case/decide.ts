import { CONSENT_HOLD, registrationStatus, type FactOf, type registrationContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { CaseCommand, SuspectedDuplicate } from "./commands.ts";
import type { CaseState } from "./state.ts";

type Fact = FactOf<typeof registrationContracts>;
export type CaseRefusal = RefusalOf<
  | "already-done"
  | "not-registered"
  | "underage"
  | "consent-in-future"
  | "consent-not-in-force"
  | "case-ended"
  | "case-not-ended"
  | "case-suspended"
  | "identity-not-requested"
  | "identity-already-verified"
  | "cv-not-published"
  | "duplicate-not-suspected"
  | "corrected-event-unknown"
  | "not-suspended-for-this"
  | "not-merged"
>;
type CaseDecision = Decision<Fact, CaseRefusal>;

/** 18 or over (lifecycle.md, 1). */
export const MINIMUM_AGE = 18;

const suspicion = (suspected: SuspectedDuplicate): Fact => ({
  type: "DuplicateSuspected",
  data: { otherCaseId: suspected.otherCaseId, otherPersonId: suspected.otherPersonId, basis: [...suspected.basis] },
});

const isHeldFor = (state: CaseState, otherCaseId: string): boolean =>
  state.lifecycle.holds.includes(`duplicate:${otherCaseId}`);

const newSuspicions = (state: CaseState, suspected: readonly SuspectedDuplicate[]): Fact[] =>
  suspected.filter(({ otherCaseId }) => !state.suspectedBefore.includes(otherCaseId)).map(suspicion);

type Registration = Extract<CaseCommand, { type: "RegisterCandidate" }>;

const register = (state: CaseState, command: Registration): CaseDecision => {
  if (state.caseNumber !== undefined) return refuse("already-done");
  if (command.ageOnAsOf < MINIMUM_AGE) return refuse("underage", { age: command.ageOnAsOf });
  if (command.consent.grantedOn > command.candidate.asOf) return refuse("consent-in-future");
  const listed: Fact[] = command.addressedList
    ? [{ type: "AddressedListEntryAdded", data: command.addressedList }]
    : [];
  return accept<Fact>(
    { type: "CandidateRegistered", data: command.candidate },
    { type: "ConsentGranted", data: command.consent, consentId: command.consent.consentId },
    ...listed,
    ...command.suspected.map(suspicion),
  );
};

type Identity = Extract<CaseCommand, { type: "RequestIdentityVerification" | "VerifyIdentity" | "RejectIdentity" }>;

const decideIdentity = (state: CaseState, command: Identity): CaseDecision => {
  if (state.identityVerified) return refuse("identity-already-verified");
  switch (command.type) {
    case "RequestIdentityVerification":
      if (state.identityRequestId !== undefined) return refuse("already-done");
      return accept({
        type: "IdentityVerificationRequested",
        data: { requestId: command.requestId, method: command.method },
      });
    case "VerifyIdentity": {
      if (state.identityRequestId !== command.requestId) return refuse("identity-not-requested");
      const { requestId, method, liveness, score } = command;
      const data = { requestId, method, liveness, score, startsAbroad: state.startsAbroad };
      return accept({ type: "IdentityVerified", data });
    }
    case "RejectIdentity":
      if (state.identityRequestId !== command.requestId) return refuse("identity-not-requested");
      return accept({
        type: "IdentityRejected",
        data: { requestId: command.requestId, reason: command.reason },
        reasonCode: command.reason,
      });
  }
};

type Details = Extract<CaseCommand, { type: "CorrectPersonDetails" | "RenewPassport" }>;

const decideDetails = (state: CaseState, command: Details): CaseDecision => {
  if (command.type === "RenewPassport") {
    if (command.sameAsBefore) return refuse("already-done");
    return accept<Fact>(
      { type: "PassportRenewed", data: command.passport },
      ...newSuspicions(state, command.suspected),
    );
  }
  const unchanged: readonly string[] = ["corrects", "reason", "warnings", ...command.unchanged];
  const changed = Object.keys(command.correction).filter((field) => !unchanged.includes(field));
  if (changed.length === 0) return refuse("already-done");
  if (!state.detailsEventIds.includes(command.correction.corrects)) return refuse("corrected-event-unknown");
  return accept<Fact>(
    { type: "PersonDetailsCorrected", data: command.correction, reasonCode: command.correction.reason },
    ...newSuspicions(state, command.suspected),
  );
};

type Duplicate = Extract<
  CaseCommand,
  { type: "SuspectDuplicate" | "DismissDuplicate" | "ConfirmDuplicate" | "UnmergeCase" }
>;

const decideDuplicate = (state: CaseState, command: Duplicate): CaseDecision => {
  switch (command.type) {
    case "SuspectDuplicate":
      if (isHeldFor(state, command.suspected.otherCaseId)) return refuse("already-done");
      return accept(suspicion(command.suspected));
    case "DismissDuplicate":
      if (!isHeldFor(state, command.otherCaseId)) return refuse("duplicate-not-suspected");
      return accept({ type: "DuplicateDismissed", data: { otherCaseId: command.otherCaseId } });
    case "ConfirmDuplicate": {
      if (!isHeldFor(state, command.otherCaseId)) return refuse("duplicate-not-suspected");
      const { otherCaseId, mergeIntoOther } = command;
      const merged: Fact[] = mergeIntoOther ? [{ type: "CaseMerged", data: { intoCaseId: otherCaseId } }] : [];
      // Confirmed first and merged later is the same decision in two steps.
      if (state.confirmedBefore.includes(otherCaseId))
        return mergeIntoOther ? accept(...merged) : refuse("already-done");
      return accept<Fact>({ type: "DuplicateConfirmed", data: { otherCaseId } }, ...merged);
    }
    case "UnmergeCase":
      if (state.mergedInto === undefined) return refuse("not-merged");
      return accept({ type: "CaseUnmerged", data: { fromCaseId: state.mergedInto } });
  }
};

type Ending = Extract<
  CaseCommand,
  { type: "WithdrawCandidate" | "CloseCase" | "ReopenCase" | "SuspendCase" | "ResumeCase" }
>;

const decideStanding = (state: CaseState, command: Ending, isEnded: boolean): CaseDecision => {
  const { reason } = command;
  switch (command.type) {
    case "WithdrawCandidate":
      return accept({ type: "CandidateWithdrew", data: { reason }, reasonCode: reason });
    case "CloseCase":
      return accept({ type: "CaseClosed", data: { reason }, reasonCode: reason });
    case "ReopenCase":
      if (!isEnded || state.lifecycle.stage === "merged") return refuse("case-not-ended");
      return accept({ type: "CaseReopened", data: { reason }, reasonCode: reason });
    case "SuspendCase":
      if (state.lifecycle.holds.includes(reason)) return refuse("already-done");
      return accept({ type: "CaseSuspended", data: { reason }, reasonCode: reason });
    case "ResumeCase":
      if (!state.lifecycle.holds.includes(reason)) return refuse("not-suspended-for-this", { reason });
      // Only the candidate frees what the candidate's own withdrawal holds.
      if (reason === CONSENT_HOLD && state.consentWithdrawn) return refuse("consent-not-in-force");
      return accept({ type: "CaseResumed", data: { reason }, reasonCode: reason });
  }
};

/** Commands that still mean something once a case has ended. */
const AFTER_THE_END: ReadonlySet<CaseCommand["type"]> = new Set([
  "ReopenCase",
  "UnmergeCase",
  "SuspectDuplicate",
  "DismissDuplicate",
  "CorrectPersonDetails",
  "WithdrawConsent",
  "MarkJourneyPlaced",
]);

export const decideCase = (state: CaseState, command: CaseCommand): CaseDecision => {
  if (command.type === "RegisterCandidate") return register(state, command);
  if (state.caseNumber === undefined) return refuse("not-registered");
  const { stage } = state.lifecycle;
  const isEnded = stage === "withdrawn" || stage === "closed" || stage === "merged";
  if (isEnded && !AFTER_THE_END.has(command.type)) return refuse("case-ended", { stage });
  switch (command.type) {
    case "GrantConsent":
      if (command.consent.grantedOn > command.asOf) return refuse("consent-in-future");
      return accept({ type: "ConsentGranted", data: command.consent, consentId: command.consent.consentId });
    case "WithdrawConsent":
      if (state.consentWithdrawn) return refuse("already-done");
      return accept({
        type: "ConsentWithdrawn",
        data: { consentId: state.consentId, withdrawnOn: command.withdrawnOn },
      });
    case "RequestIdentityVerification":
    case "VerifyIdentity":
    case "RejectIdentity":
      return decideIdentity(state, command);
    case "CorrectPersonDetails":
    case "RenewPassport":
      return decideDetails(state, command);
    case "PublishCv":
      if (state.consentWithdrawn) return refuse("consent-not-in-force");
      return accept({ type: state.cvPublished ? "CvRevised" : "CvPublished", data: command.cv });
    case "DeclareInterest":
      if (state.consentWithdrawn) return refuse("consent-not-in-force");
      if (registrationStatus(state.lifecycle) === "suspended") return refuse("case-suspended");
      if (!state.cvPublished) return refuse("cv-not-published");
      if (state.interests.includes(command.vacancyId)) return refuse("already-done");
      return accept({ type: "InterestDeclared", data: { vacancyId: command.vacancyId } });
    case "SuspectDuplicate":
    case "DismissDuplicate":
    case "ConfirmDuplicate":
    case "UnmergeCase":
      return decideDuplicate(state, command);
    case "MarkJourneyPlaced":
      if (state.placedRounds.includes(command.round)) return refuse("already-done");
      return accept({ type: "JourneyPlaced", data: { round: command.round } });
    case "WithdrawCandidate":
    case "CloseCase":
    case "ReopenCase":
    case "SuspendCase":
    case "ResumeCase":
      return decideStanding(state, command, isEnded);
  }
};
