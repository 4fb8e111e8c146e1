import {
  evolveDepartureLifecycle,
  initialDepartureLifecycle,
  type departureContracts,
  type DepartureLifecycle,
  type FactOf,
} from "@safar/contracts";
import type { Cover, Opening, Proof, Ticket } from "./commands.ts";

export interface DepartureState {
  readonly lifecycle: DepartureLifecycle;
  /** Of the current round; undefined while only facts are known. */
  readonly opening: Opening | undefined;
  /** What was met in whatever round; a certificate serves for all of them. */
  readonly proofs: readonly Proof[];
  /** In force, of whatever round. */
  readonly covers: readonly Cover[];
  /** The ticket that was booked last. */
  readonly ticket: Ticket | undefined;
  /** Tickets given back, or whose flight was cancelled; the news may be there before the booking. */
  readonly cancelledTickets: readonly string[];
}

export const initialDeparture: DepartureState = {
  lifecycle: initialDepartureLifecycle,
  opening: undefined,
  proofs: [],
  covers: [],
  ticket: undefined,
  cancelledTickets: [],
};

const added = <T>(items: readonly T[], item: T | undefined): readonly T[] =>
  item === undefined || items.includes(item) ? items : [...items, item];

const without = (covers: readonly Cover[], policyId: string): readonly Cover[] =>
  covers.filter((cover) => cover.policyId !== policyId);

type Fact = FactOf<typeof departureContracts>;

const withData = (state: DepartureState, fact: Fact): DepartureState => {
  switch (fact.type) {
    case "ClearanceOpened":
      return { ...state, opening: fact.data };
    case "RequirementMet":
      return { ...state, proofs: [...state.proofs, fact.data] };
    case "CoverMarkedInForce":
      return { ...state, covers: [...without(state.covers, fact.data.policyId), fact.data] };
    case "CoverEnded":
      return { ...state, covers: without(state.covers, fact.data.policyId) };
    case "ClearanceRefused": {
      const { reason, round } = fact.data;
      // A visa that was refused after all is no visa, whatever was met before.
      const isVisaOfRound = (proof: Proof): boolean => proof.requirement === "visa" && proof.round === round;
      return reason === "visa-refused"
        ? { ...state, proofs: state.proofs.filter((one) => !isVisaOfRound(one)) }
        : state;
    }
    case "TicketBooked":
      return { ...state, ticket: fact.data };
    case "TicketCancelled":
    case "FlightCancelled":
      return { ...state, cancelledTickets: added(state.cancelledTickets, fact.data.ticketId) };
    case "ClearanceGranted":
    case "ClearanceRevoked":
    case "BorderExitConfirmed":
    case "ArrivalConfirmed":
    case "EmployerPickupConfirmed":
    case "FlightMissed":
    case "OffloadedAtBorder":
      return state;
  }
};

export const evolveDeparture = (state: DepartureState, fact: Fact): DepartureState => ({
  ...withData(state, fact),
  lifecycle: evolveDepartureLifecycle(state.lifecycle, fact),
});
