import {
  evolveApplicationLifecycle,
  initialApplicationLifecycle,
  type applicationContracts,
  type ApplicationLifecycle,
  type CorridorKey,
  type RecordedFactOf,
  type WorkTerms,
} from "@safar/contracts";

/** What was applied for; undefined before the application. */
export interface Applied {
  readonly applicationId: string;
  readonly vacancyId: string;
  readonly employerId: string;
  readonly corridor: CorridorKey;
  readonly criteriaVersion: number;
}

export interface Offer {
  readonly offerId: string;
  readonly terms: WorkTerms;
  readonly contractMonths: number;
}

/** Why the application stands where it stands. */
interface LastDecision {
  readonly type: string;
  readonly reasons: readonly string[];
  readonly basedOn: readonly string[];
}

export interface ApplicationState {
  readonly lifecycle: ApplicationLifecycle;
  readonly applied: Applied | undefined;
  /** The last one. */
  readonly offer: Offer | undefined;
  readonly assessments: readonly { readonly assessmentId: string; readonly score: number }[];
  readonly interviews: readonly { readonly interviewId: string; readonly outcome: string | undefined }[];
  /** Comes before others on reserve. */
  readonly priority: boolean;
  readonly lastDecision: LastDecision | undefined;
  /** Actors who scored it: they do not decide. */
  readonly scorers: readonly string[];
  /** Actors who declared a conflict of interest: they neither score nor decide. */
  readonly conflicted: readonly string[];
  /** Actors who have a view of the CV on record. */
  readonly viewers: readonly string[];
}

export const initialApplication: ApplicationState = {
  lifecycle: initialApplicationLifecycle,
  applied: undefined,
  offer: undefined,
  assessments: [],
  interviews: [],
  priority: false,
  lastDecision: undefined,
  scorers: [],
  conflicted: [],
  viewers: [],
};

type Fact = RecordedFactOf<typeof applicationContracts>;

const withOne = (all: readonly string[], one: string): readonly string[] => [...new Set([...all, one])];

const withInterview = (
  state: ApplicationState,
  interviewId: string | undefined,
  outcome: string | undefined,
): ApplicationState => {
  if (interviewId === undefined) return state;
  const known = state.interviews.find((interview) => interview.interviewId === interviewId);
  const others = state.interviews.filter((interview) => interview.interviewId !== interviewId);
  return { ...state, interviews: [...others, { interviewId, outcome: outcome ?? known?.outcome }] };
};

const withData = (state: ApplicationState, fact: Fact): ApplicationState => {
  const actor = fact.meta.actor.id;
  switch (fact.type) {
    case "ApplicationSubmitted":
      return { ...state, applied: fact.data, offer: undefined, priority: false, lastDecision: undefined };
    case "MatchAssessed": {
      const { assessmentId, score } = fact.data;
      const assessments = [
        ...state.assessments.filter((one) => one.assessmentId !== assessmentId),
        { assessmentId, score },
      ];
      return { ...state, assessments, scorers: withOne(state.scorers, actor) };
    }
    case "CvViewed":
      return { ...state, viewers: withOne(state.viewers, actor) };
    case "InterviewScheduled":
      return withInterview(state, fact.data.interviewId, undefined);
    case "InterviewHeld":
      return withInterview(state, fact.data.interviewId, fact.data.outcome);
    case "OfferIssued": {
      const { offerId, terms, contractMonths } = fact.data;
      return { ...decided(state, fact), offer: { offerId, terms, contractMonths } };
    }
    case "PlacedOnReserve":
      return { ...decided(state, fact), priority: fact.data.priority };
    case "Shortlisted":
    case "ApplicationRejected":
      return decided(state, fact);
    case "ConflictOfInterestDeclared":
      return { ...state, conflicted: withOne(state.conflicted, actor) };
    case "OfferAccepted":
    case "OfferDeclined":
    case "ApplicationWithdrawn":
      return state;
  }
};

type DecisionFact = Extract<Fact, { type: "Shortlisted" | "OfferIssued" | "PlacedOnReserve" | "ApplicationRejected" }>;

const decided = (state: ApplicationState, { type, data }: DecisionFact): ApplicationState => ({
  ...state,
  lastDecision: { type, reasons: data.reasons, basedOn: data.basedOn },
});

export const evolveApplication = (state: ApplicationState, fact: Fact): ApplicationState => ({
  ...withData(state, fact),
  lifecycle: evolveApplicationLifecycle(state.lifecycle, fact),
});

/** The offer that is open or accepted: it holds a position. */
export const standingOffer = ({ lifecycle, offer }: ApplicationState): Offer | undefined =>
  lifecycle.stage === "offered" || lifecycle.stage === "accepted" ? offer : undefined;
