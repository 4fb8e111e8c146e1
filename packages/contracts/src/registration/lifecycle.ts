import type { registrationContracts } from "./candidate.ts";
import type { FactOf } from "../contract-set.ts";

export type RegistrationStatus =
  "submitted" | "identityPending" | "active" | "suspended" | "merged" | "withdrawn" | "closed";

type Proven = "submitted" | "identityPending" | "active";

/** What a case's registration has come to: its lifecycle and what holds it, apart from each other. */
export interface RegistrationLifecycle {
  /** Where it stands when nothing holds it. */
  readonly stage: Proven | "merged" | "withdrawn" | "closed";
  /** How far the proof of identity has come, whatever became of the case meanwhile: where it goes on when reopened. */
  readonly proven: Proven;
  /** Why it is held; empty: it is not. `suspended` lasts while any reason is left. */
  readonly holds: readonly string[];
}

/** The hold that a withdrawn consent puts on a case, and a new consent alone lifts. */
export const CONSENT_HOLD = "consent-withdrawn";

export const initialRegistrationLifecycle: RegistrationLifecycle = {
  stage: "submitted",
  proven: "submitted",
  holds: [],
};

type Fact = FactOf<typeof registrationContracts>;

const ended = (stage: RegistrationLifecycle["stage"]): boolean =>
  stage === "merged" || stage === "withdrawn" || stage === "closed";

/** Who is proven stays so: a later request or rejection is of no consequence. */
const proof = (life: RegistrationLifecycle, proven: Proven): RegistrationLifecycle => {
  const reached = life.proven === "active" ? life.proven : proven;
  return { ...life, proven: reached, stage: ended(life.stage) ? life.stage : reached };
};

const held = (life: RegistrationLifecycle, reason: string): RegistrationLifecycle =>
  life.holds.includes(reason) ? life : { ...life, holds: [...life.holds, reason] };

const freed = (life: RegistrationLifecycle, reason: string): RegistrationLifecycle => ({
  ...life,
  holds: life.holds.filter((hold) => hold !== reason),
});

/** Pure and total: any event in any order. Used by registration itself and by every reader of its events. */
export const evolveRegistrationLifecycle = (
  life: RegistrationLifecycle,
  fact: Pick<Fact, "type" | "data">,
): RegistrationLifecycle => {
  switch (fact.type) {
    case "IdentityVerificationRequested":
      return proof(life, "identityPending");
    case "IdentityVerified":
      return proof(life, "active");
    case "IdentityRejected":
      return proof(life, "submitted");
    case "DuplicateSuspected":
      return held(life, `duplicate:${(fact.data as { otherCaseId: string }).otherCaseId}`);
    case "DuplicateDismissed":
      return freed(life, `duplicate:${(fact.data as { otherCaseId: string }).otherCaseId}`);
    case "ConsentWithdrawn":
      return held(life, CONSENT_HOLD);
    case "ConsentGranted":
      return freed(life, CONSENT_HOLD);
    case "CaseSuspended":
      return held(life, (fact.data as { reason: string }).reason);
    case "CaseResumed":
      return freed(life, (fact.data as { reason: string }).reason);
    case "CaseMerged":
      return { ...life, stage: "merged" };
    case "CandidateWithdrew":
      return { ...life, stage: "withdrawn" };
    case "CaseClosed":
      return { ...life, stage: "closed" };
    case "CaseReopened":
    case "CaseUnmerged":
      return { ...life, stage: life.proven };
    case "CandidateRegistered":
    case "PersonDetailsCorrected":
    case "PassportRenewed":
    case "CvPublished":
    case "CvRevised":
    case "InterestDeclared":
    case "AddressedListEntryAdded":
    case "DuplicateConfirmed":
    case "JourneyPlaced":
      return life;
  }
};

/** The lifecycle's word for it. */
export const registrationStatus = (life: RegistrationLifecycle): RegistrationStatus =>
  ended(life.stage) ? life.stage : life.holds.length > 0 ? "suspended" : life.stage;

/** Withdrawn, closed or merged: nothing of it goes on unless it is opened again. */
export const isEnded = (status: RegistrationStatus | undefined): boolean =>
  status === "merged" || status === "withdrawn" || status === "closed";

/** A case that is held or has ended takes no new application, offer, seat, submission, clearance or ticket. */
export const isHeldOrEnded = (status: RegistrationStatus | undefined): boolean =>
  status === "suspended" || isEnded(status);
