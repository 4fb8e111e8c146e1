import type { personContracts, RecordedFactOf } from "@safar/contracts";

/** The one open journey of a person. */
export interface PersonState {
  readonly openCaseId: string | undefined;
  /** Of the journey that was opened last, open or not. */
  readonly lastCaseId: string | undefined;
}

export const initialPerson: PersonState = { openCaseId: undefined, lastCaseId: undefined };

export const evolvePerson = (state: PersonState, fact: RecordedFactOf<typeof personContracts>): PersonState => {
  switch (fact.type) {
    case "JourneyOpened":
      return { openCaseId: fact.data.caseId, lastCaseId: fact.data.caseId };
    case "JourneyEnded":
      return state.openCaseId === fact.data.caseId ? { ...state, openCaseId: undefined } : state;
  }
};
