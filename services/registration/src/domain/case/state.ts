import {
  evolvePersonDetails,
  evolveRegistrationLifecycle,
  initialRegistrationLifecycle,
  type PersonDetails,
  type RecordedFactOf,
  type registrationContracts,
  type RegistrationLifecycle,
} from "@safar/contracts";

export interface CaseState {
  readonly lifecycle: RegistrationLifecycle;
  readonly caseNumber: string | undefined;
  readonly details: PersonDetails | undefined;
  /** The events that a correction may name: those that said who the person is, the last one at the end. */
  readonly detailsEventIds: readonly string[];
  readonly channel: "branch" | "agency" | "self" | "representation" | undefined;
  readonly startsAbroad: boolean;
  /** The row of the list that it was registered from. */
  readonly listed: { readonly importId: string; readonly row: number } | undefined;
  readonly consentId: string | undefined;
  /** The consent that was given last was taken back. */
  readonly consentWithdrawn: boolean;
  readonly identityRequestId: string | undefined;
  readonly identityVerified: boolean;
  readonly cvPublished: boolean;
  readonly interests: readonly string[];
  /** Cases that were ever suspected to be the same person: what a person decided is not suspected again. */
  readonly suspectedBefore: readonly string[];
  /** Of these, those that a person found to be the same one. */
  readonly confirmedBefore: readonly string[];
  /** Rounds of the journey whose placement was confirmed. */
  readonly placedRounds: readonly string[];
  readonly mergedInto: string | undefined;
}

export const initialCase: CaseState = {
  lifecycle: initialRegistrationLifecycle,
  caseNumber: undefined,
  details: undefined,
  detailsEventIds: [],
  channel: undefined,
  startsAbroad: false,
  listed: undefined,
  consentId: undefined,
  consentWithdrawn: false,
  identityRequestId: undefined,
  identityVerified: false,
  cvPublished: false,
  interests: [],
  suspectedBefore: [],
  confirmedBefore: [],
  placedRounds: [],
  mergedInto: undefined,
};

type Fact = RecordedFactOf<typeof registrationContracts>;

const listedAs = ({
  importId,
  importRow,
}: Extract<Fact, { type: "CandidateRegistered" }>["data"]): CaseState["listed"] =>
  importId === undefined || importRow === undefined ? undefined : { importId, row: importRow };

const withEvent = ({ detailsEventIds }: CaseState, id: string | undefined): readonly string[] =>
  id === undefined ? detailsEventIds : [...detailsEventIds, id];

const withData = (state: CaseState, fact: Fact): CaseState => {
  switch (fact.type) {
    case "CandidateRegistered":
      return {
        ...state,
        caseNumber: fact.data.caseNumber,
        channel: fact.data.channel,
        detailsEventIds: withEvent(state, fact.id),
        startsAbroad: fact.data.startsAbroad,
        listed: listedAs(fact.data),
      };
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
      return {
        ...state,
        mergedInto: undefined,
        confirmedBefore: state.confirmedBefore.filter((other) => other !== fact.data.fromCaseId),
      };
    case "PersonDetailsCorrected":
    case "PassportRenewed":
      return { ...state, detailsEventIds: withEvent(state, fact.id) };
    case "DuplicateSuspected":
      return { ...state, suspectedBefore: [...new Set([...state.suspectedBefore, fact.data.otherCaseId])] };
    case "DuplicateConfirmed":
      return { ...state, confirmedBefore: [...new Set([...state.confirmedBefore, fact.data.otherCaseId])] };
    case "DuplicateDismissed":
      return { ...state, confirmedBefore: state.confirmedBefore.filter((other) => other !== fact.data.otherCaseId) };
    case "AddressedListEntryAdded":
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
  details: evolvePersonDetails(state.details, fact),
});
