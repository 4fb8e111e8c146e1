import { evolveSubmissionStatus, type FactOf, type submissionContracts, type SubmissionStatus } from "@safar/contracts";

export interface SubmissionState {
  readonly status: SubmissionStatus;
  /** Undefined: not planned, no group. */
  readonly destination: string | undefined;
  readonly places: number;
  readonly plannedFor: string | undefined;
  /** Cases that hold a place. */
  readonly caseIds: readonly string[];
  readonly submittedOn: string | undefined;
}

export const initialSubmission: SubmissionState = {
  status: "planned",
  destination: undefined,
  places: 0,
  plannedFor: undefined,
  caseIds: [],
  submittedOn: undefined,
};

type Fact = FactOf<typeof submissionContracts>;

const withFact = (state: SubmissionState, fact: Fact): SubmissionState => {
  switch (fact.type) {
    case "SubmissionPlanned": {
      const { destination, places, plannedFor } = fact.data;
      return { ...state, destination, places, plannedFor };
    }
    case "SubmissionPlaceReserved":
      return { ...state, caseIds: [...new Set([...state.caseIds, fact.data.caseId])] };
    case "SubmissionPlaceReleased":
      return { ...state, caseIds: state.caseIds.filter((caseId) => caseId !== fact.data.caseId) };
    case "SubmissionSent":
      return { ...state, submittedOn: fact.data.submittedOn };
  }
};

/** Total: any event in any order. */
export const evolveSubmission = (state: SubmissionState, fact: Fact): SubmissionState => ({
  ...withFact(state, fact),
  status: evolveSubmissionStatus(state.status, fact),
});
