import {
  evolveRegistrationLifecycle,
  initialRegistrationLifecycle,
  type Personal,
  type RecordedFactOf,
  type registrationContracts,
  type RegistrationLifecycle,
} from "@safar/contracts";

/** Personal fields as they are now, after every correction; sealed. */
export interface PersonDetails {
  readonly surname: Personal<string>;
  readonly givenName: Personal<string>;
  readonly patronymic?: Personal<string>;
  readonly sex: Personal<"E" | "A">;
  readonly birthDate: Personal<string>;
  readonly pinfl: Personal<string>;
  readonly passport: Personal<string>;
  readonly passportExpiry: Personal<string>;
  readonly phone: Personal<string>;
}

export interface CaseState {
  readonly lifecycle: RegistrationLifecycle;
  readonly caseNumber: string | undefined;
  readonly details: PersonDetails | undefined;
  readonly channel: "branch" | "agency" | "self" | "representation" | undefined;
  readonly startsAbroad: boolean;
  readonly consentId: string | undefined;
  /** The consent that was given last was taken back. */
  readonly consentWithdrawn: boolean;
  readonly identityRequestId: string | undefined;
  readonly identityVerified: boolean;
  readonly cvPublished: boolean;
  readonly interests: readonly string[];
  /** Rounds of the journey whose placement was confirmed. */
  readonly placedRounds: readonly string[];
  readonly mergedInto: string | undefined;
}

export const initialCase: CaseState = {
  lifecycle: initialRegistrationLifecycle,
  caseNumber: undefined,
  details: undefined,
  channel: undefined,
  startsAbroad: false,
  consentId: undefined,
  consentWithdrawn: false,
  identityRequestId: undefined,
  identityVerified: false,
  cvPublished: false,
  interests: [],
  placedRounds: [],
  mergedInto: undefined,
};

type Fact = RecordedFactOf<typeof registrationContracts>;

const corrected = (details: PersonDetails | undefined, data: object): PersonDetails | undefined => {
  if (!details) return details;
  const fields = Object.keys(details) as (keyof PersonDetails)[];
  const changes = Object.entries(data).filter(([field, value]) =>
    value !== undefined && (fields.includes(field as keyof PersonDetails) || field === "patronymic"),
  );
  return { ...details, ...Object.fromEntries(changes) };
};

const withData = (state: CaseState, fact: Fact): CaseState => {
  switch (fact.type) {
    case "CandidateRegistered": {
      const { surname, givenName, patronymic, sex, birthDate, pinfl, passport, passportExpiry, phone } = fact.data;
      const details = { surname, givenName, sex, birthDate, pinfl, passport, passportExpiry, phone };
      return {
        ...state,
        caseNumber: fact.data.caseNumber,
        channel: fact.data.channel,
        startsAbroad: fact.data.startsAbroad,
        details: patronymic === undefined ? details : { ...details, patronymic },
      };
    }
    case "PersonDetailsCorrected":
    case "PassportRenewed":
      return { ...state, details: corrected(state.details, fact.data) };
    case "ConsentGranted":
      return { ...state, consentId: fact.data.consentId, consentWithdrawn: false };
    case "ConsentWithdrawn":
      return { ...state, consentWithdrawn: true };
    case "IdentityVerificationRequested":
      return { ...state, identityRequestId: fact.data.requestId };
    case "IdentityVerified":
      return { ...state, identityVerified: true, identityRequestId: undefined };
    case "IdentityRejected":
      return { ...state, identityRequestId: undefined };
    case "CvPublished":
    case "CvRevised":
      return { ...state, cvPublished: true };
    case "InterestDeclared":
      return { ...state, interests: [...new Set([...state.interests, fact.data.vacancyId])] };
    case "JourneyPlaced":
      return { ...state, placedRounds: [...new Set([...state.placedRounds, fact.data.round])] };
    case "CaseMerged":
      return { ...state, mergedInto: fact.data.intoCaseId };
    case "CaseUnmerged":
      return { ...state, mergedInto: undefined };
    case "AddressedListEntryAdded":
    case "DuplicateSuspected":
    case "DuplicateConfirmed":
    case "DuplicateDismissed":
    case "CaseSuspended":
    case "CaseResumed":
    case "CandidateWithdrew":
    case "CaseClosed":
    case "CaseReopened":
      return state;
  }
};

export const evolveCase = (state: CaseState, fact: Fact): CaseState => ({
  ...withData(state, fact),
  lifecycle: evolveRegistrationLifecycle(state.lifecycle, fact),
});
