import type { duplicatePairContracts, RecordedFactOf } from "@safar/contracts";

/** At which of the two cases it is decided. */
export interface DuplicatePairState {
  readonly caseId: string | undefined;
  /** Decisions that were taken there and not given back: a confirmation and a later merge are two. */
  readonly decisions: number;
}

export const initialDuplicatePair: DuplicatePairState = { caseId: undefined, decisions: 0 };

export const evolveDuplicatePair = (
  state: DuplicatePairState,
  fact: RecordedFactOf<typeof duplicatePairContracts>,
): DuplicatePairState => {
  switch (fact.type) {
    case "DuplicateDecisionTaken":
      return { caseId: fact.data.caseId, decisions: state.decisions + 1 };
    case "DuplicateDecisionGivenBack":
      return state.decisions > 1 ? { ...state, decisions: state.decisions - 1 } : initialDuplicatePair;
  }
};
