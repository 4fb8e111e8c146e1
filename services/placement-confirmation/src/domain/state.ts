import {
  evolvePlacementLifecycle,
  initialPlacementLifecycle,
  type ContractMismatchDetected,
  type FactOf,
  type FactOfContract,
  type placementContracts,
  type PlacementLifecycle,
  type ReferenceContractNoted,
} from "@safar/contracts";
import { initialClaims, mergedClaims, withClaim, withoutSaid, type ClaimFact, type Claims } from "./claims.ts";

type DataOf<C> = FactOfContract<C>["data"];
type Fact = FactOf<typeof placementContracts>;

export type Mismatch = DataOf<typeof ContractMismatchDetected> & { readonly accepted: boolean };

export interface PlacementState {
  readonly lifecycle: PlacementLifecycle;
  readonly startsAbroad: boolean;
  readonly exitedAt: string | undefined;
  /** The exit named no round: the contract noted last is taken for its reference. */
  readonly openedLate: boolean;
  /** What was said and shown for the present round. */
  readonly claims: Claims;
  /** What came while no round was open; the next one takes it. */
  readonly early: Claims;
  /** A dispute was resolved: there is a job, whatever was reported. */
  readonly settledAsPlaced: boolean;
  readonly mismatches: readonly Mismatch[];
  readonly disputeCause: string | undefined;
  readonly confirmedOn: string | undefined;
  readonly checkInsDueOn: readonly string[];
  readonly completedOn: string | undefined;
  /** Facts that name one of them are history. */
  readonly pastRounds: readonly string[];
  /** Of every round, the one noted last at the end. */
  readonly references: readonly DataOf<typeof ReferenceContractNoted>[];
}

export const initialPlacement: PlacementState = {
  lifecycle: initialPlacementLifecycle,
  startsAbroad: false,
  exitedAt: undefined,
  openedLate: false,
  claims: initialClaims,
  early: initialClaims,
  settledAsPlaced: false,
  mismatches: [],
  disputeCause: undefined,
  confirmedOn: undefined,
  checkInsDueOn: [],
  completedOn: undefined,
  pastRounds: [],
  references: [],
};

type Opening = Extract<Fact, { type: "PlacementOpened" }>["data"];

const opened = (state: PlacementState, { round, startsAbroad, exitedAt, late }: Opening): PlacementState => {
  const { lifecycle, references, early } = state;
  const openedLate = late === true;
  // Annulled with its journey and taken up again with it: what was said before still stands.
  if (lifecycle.round === round && lifecycle.ended !== "completed") {
    const claims = mergedClaims(state.claims, early);
    return { ...state, startsAbroad, exitedAt: exitedAt ?? state.exitedAt, openedLate, claims, early: initialClaims };
  }
  const known = lifecycle.round === undefined ? [] : [...state.pastRounds, lifecycle.round];
  const pastRounds = known.filter((past) => past !== round);
  return { ...initialPlacement, startsAbroad, exitedAt, openedLate, claims: early, references, pastRounds };
};

/** What names no round, or one that is not open yet, waits for the next one that opens. */
const claimed = (state: PlacementState, fact: ClaimFact): PlacementState =>
  fact.data.round !== undefined && fact.data.round === state.lifecycle.round
    ? { ...state, claims: withClaim(state.claims, fact) }
    : { ...state, early: withClaim(state.early, fact) };

type Resolution = Extract<Fact, { type: "DisputeResolved" }>["data"]["outcome"];

const resolved = (state: PlacementState, outcome: Resolution): PlacementState => {
  const settled = { ...state, disputeCause: undefined };
  if (outcome === "not-placed")
    return { ...settled, settledAsPlaced: false, confirmedOn: undefined, claims: withoutSaid(state.claims) };
  const { candidate: _contested, ...claims } = state.claims;
  return {
    ...settled,
    settledAsPlaced: true,
    claims,
    mismatches: state.mismatches.map((mismatch) => ({ ...mismatch, accepted: true })),
  };
};

type RoundFact = Exclude<Fact, ClaimFact | { readonly type: "PlacementOpened" | "ReferenceContractNoted" }>;

const withFactOfRound = (state: PlacementState, fact: RoundFact): PlacementState => {
  if (fact.data.round !== state.lifecycle.round) return state;
  switch (fact.type) {
    case "ContractMismatchDetected":
      return { ...state, mismatches: [...state.mismatches, { ...fact.data, accepted: false }] };
    case "PlacementConfirmed":
      return { ...state, confirmedOn: fact.data.confirmedOn };
    case "CheckInsScheduled":
      return { ...state, checkInsDueOn: fact.data.dueOn };
    case "PlacementDisputed":
      return { ...state, disputeCause: fact.data.cause };
    case "DisputeResolved":
      return resolved(state, fact.data.outcome);
    case "PlacementCompleted":
      return { ...state, completedOn: fact.data.completedOn };
    case "PlacementAnnulled":
      return state;
  }
};

const withFact = (state: PlacementState, fact: Fact): PlacementState => {
  switch (fact.type) {
    case "PlacementOpened":
      return opened(state, fact.data);
    case "ReferenceContractNoted":
      return { ...state, references: [...state.references, fact.data] };
    case "PlacementReportedByCandidate":
    case "PlacementReportedByAgency":
    case "EmployerConfirmed":
    case "ContractUploaded":
    case "CheckInReceived":
    case "ArrivalNoted": {
      const { round } = fact.data;
      return round !== undefined && state.pastRounds.includes(round) ? state : claimed(state, fact);
    }
    case "ContractMismatchDetected":
    case "PlacementConfirmed":
    case "CheckInsScheduled":
    case "PlacementDisputed":
    case "DisputeResolved":
    case "PlacementCompleted":
    case "PlacementAnnulled":
      return withFactOfRound(state, fact);
  }
};

/** Total: any event in any order. */
export const evolvePlacement = (state: PlacementState, fact: Fact): PlacementState => ({
  ...withFact(state, fact),
  lifecycle: evolvePlacementLifecycle(state.lifecycle, fact),
});
