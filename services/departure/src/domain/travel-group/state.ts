import {
  evolveTravelGroupStatus,
  type FactOf,
  type travelGroupContracts,
  type TravelGroupStatus,
} from "@safar/contracts";
import type { TravelGroup } from "./commands.ts";

export interface TravelGroupState {
  readonly status: TravelGroupStatus;
  readonly group: TravelGroup | undefined;
  /** Whose places are taken: the case, by ticket. */
  readonly taken: Readonly<Record<string, string>>;
}

export const initialTravelGroup: TravelGroupState = { status: "formed", group: undefined, taken: {} };

type Fact = FactOf<typeof travelGroupContracts>;

const withData = (state: TravelGroupState, fact: Fact): TravelGroupState => {
  switch (fact.type) {
    case "TravelGroupFormed":
      return { ...state, group: fact.data };
    case "GroupPlaceReserved":
      return { ...state, taken: { ...state.taken, [fact.data.ticketId]: fact.data.caseId } };
    case "GroupPlaceReleased": {
      const { [fact.data.ticketId]: _released, ...taken } = state.taken;
      return { ...state, taken };
    }
    case "GroupFlightCancelled":
      return state;
  }
};

export const evolveTravelGroup = (state: TravelGroupState, fact: Fact): TravelGroupState => ({
  ...withData(state, fact),
  status: evolveTravelGroupStatus(state.status, fact),
});
