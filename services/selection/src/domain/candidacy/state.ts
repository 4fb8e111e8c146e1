import {
  evolveCandidacyStatus,
  type candidacyContracts,
  type CandidacyStatus,
  type RecordedFactOf,
} from "@safar/contracts";
import type { MatchingProfile } from "./commands.ts";

/** What selection holds of a case over all its applications. */
export interface CandidacyState {
  readonly status: CandidacyStatus;
  /** Undefined: the CV is closed to matching. */
  readonly profile: MatchingProfile | undefined;
  /** The one offer that was accepted last, or whose acceptance is just being recorded. */
  readonly acceptance: { readonly applicationId: string; readonly offerId: string } | undefined;
}

export const initialCandidacy: CandidacyState = { status: "closed", profile: undefined, acceptance: undefined };

type Fact = RecordedFactOf<typeof candidacyContracts>;

const withData = (state: CandidacyState, fact: Fact): CandidacyState => {
  switch (fact.type) {
    case "CvOpenedToMatching":
      return { ...state, profile: fact.data };
    case "CvClosedToMatching":
      return { ...state, profile: undefined };
    case "AcceptanceReserved":
      return { ...state, acceptance: { applicationId: fact.data.applicationId, offerId: fact.data.offerId } };
    case "AcceptanceReleased":
      return state.acceptance?.offerId === fact.data.offerId ? { ...state, acceptance: undefined } : state;
  }
};

export const evolveCandidacy = (state: CandidacyState, fact: Fact): CandidacyState => ({
  ...withData(state, fact),
  status: evolveCandidacyStatus(state.status, fact),
});
