import {
  evolveRegistrationLifecycle,
  initialRegistrationLifecycle,
  registrationStatus,
  type CvPublished,
  type FactOfContract,
  type RecordedFactOf,
  type registrationContracts,
  type RegistrationLifecycle,
} from "@safar/contracts";

type Cv = FactOfContract<typeof CvPublished>["data"];

interface Consent {
  readonly consentId: string;
  readonly purposes: readonly string[];
  /** The last day on which it counts; absent: until it is withdrawn. */
  readonly validUntil?: string | undefined;
}

/** What selection needs of a case's registration, folded from registration's own stream. The CV's summary is sealed. */
export interface CandidateView {
  readonly lifecycle: RegistrationLifecycle;
  readonly cv: Cv | undefined;
  /** Vacancies in which interest was declared. */
  readonly interests: readonly string[];
  readonly consents: readonly Consent[];
  /** Rounds of the journey whose placement was confirmed. */
  readonly placedRounds: readonly string[];
}

export const initialCandidateView: CandidateView = {
  lifecycle: initialRegistrationLifecycle,
  cv: undefined,
  interests: [],
  consents: [],
  placedRounds: [],
};

type Fact = RecordedFactOf<typeof registrationContracts>;

const withData = (view: CandidateView, fact: Fact): CandidateView => {
  switch (fact.type) {
    case "CvPublished":
    case "CvRevised":
      return { ...view, cv: fact.data };
    case "InterestDeclared":
      return { ...view, interests: [...new Set([...view.interests, fact.data.vacancyId])] };
    case "ConsentGranted": {
      const { consentId, purposes, validUntil } = fact.data;
      const others = view.consents.filter((consent) => consent.consentId !== consentId);
      return { ...view, consents: [...others, { consentId, purposes, validUntil }] };
    }
    case "ConsentWithdrawn": {
      const { consentId } = fact.data;
      const left = view.consents.filter((consent) => consentId !== undefined && consent.consentId !== consentId);
      return { ...view, consents: left };
    }
    case "JourneyPlaced":
      return { ...view, placedRounds: [...new Set([...view.placedRounds, fact.data.round])] };
    case "CandidateRegistered":
    case "IdentityVerificationRequested":
    case "IdentityVerified":
    case "IdentityRejected":
    case "PersonDetailsCorrected":
    case "PassportRenewed":
    case "AddressedListEntryAdded":
    case "DuplicateSuspected":
    case "DuplicateConfirmed":
    case "DuplicateDismissed":
    case "CaseMerged":
    case "CaseUnmerged":
    case "CaseSuspended":
    case "CaseResumed":
    case "CandidateWithdrew":
    case "CaseClosed":
    case "CaseReopened":
      return view;
  }
};

export const evolveCandidateView = (view: CandidateView, fact: Fact): CandidateView => ({
  ...withData(view, fact),
  lifecycle: evolveRegistrationLifecycle(view.lifecycle, fact),
});

/** Identity proven, nothing holds the case, and there is a CV: then it is open to matching. */
export const matchableCv = (view: CandidateView): Cv | undefined =>
  registrationStatus(view.lifecycle) === "active" ? view.cv : undefined;

export const isConsentInForce = (view: CandidateView, purpose: "employers", today: string): boolean =>
  view.consents.some(
    ({ purposes, validUntil }) => purposes.includes(purpose) && (validUntil === undefined || validUntil >= today),
  );
