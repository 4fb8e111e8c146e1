import type { personContracts, RecordedFactOf } from "@safar/contracts";

/** The one open journey of a person. */
export interface PersonState {
  readonly openCaseId: string | undefined;
}

export const initialPerson: PersonState = { openCaseId: undefined };

export const evolvePerson = (state: PersonState, fact: RecordedFactOf<typeof personContracts>): PersonState => {
  switch (fact.type) {
    case "JourneyOpened":
      return { openCaseId: fact.data.caseId };
    case "JourneyEnded":
      return state.openCaseId === fact.data.caseId ? { openCaseId: undefined } : state;
  }
};
