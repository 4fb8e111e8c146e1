import type { FactOf } from "../contract-set.ts";
import type { departureContracts } from "./departure.ts";

export type DepartureStatus =
  "clearance" | "ready" | "ticketed" | "departed" | "arrived" | "missed" | "offloaded" | "held" | "cancelled";

/** What has been heard of the way itself; instants as ISO strings. */
interface Travel {
  readonly exitedAt?: string | undefined;
  readonly arrivedAt?: string | undefined;
  readonly offloadedAt?: string | undefined;
  readonly pickedUpAt?: string | undefined;
}

/**
 * What a case's departure has come to, in its current round. `DeparturePassIssued` and `PassRevoked` come with the
 * pass that is verified offline; `EntryRefused`, `NotMetByEmployer` and `ArrivalSignalMissing` with the arrival watch.
 */
export interface DepartureLifecycle {
  readonly round: string | undefined;
  /** `ClearanceOpened` of the round is there; until then only facts about it are known. */
  readonly opened: boolean;
  readonly cleared: boolean;
  readonly stopped: "held" | "cancelled" | undefined;
  /** The ticket that counts; gone when it was given back or its flight was cancelled. */
  readonly ticket: { readonly ticketId: string; readonly missed: boolean; readonly offloaded: boolean } | undefined;
  readonly travel: Travel;
  /** Facts that named no round while another was current; the next round that opens takes them. */
  readonly unclaimed: Travel;
}

export const initialDepartureLifecycle: DepartureLifecycle = {
  round: undefined,
  opened: false,
  cleared: false,
  stopped: undefined,
  ticket: undefined,
  travel: {},
  unclaimed: {},
};

type Fact = FactOf<typeof departureContracts>;

/** A fact of an earlier round is history; it does not move the current one. */
const isOfAnotherRound = (life: DepartureLifecycle, round: string | undefined): boolean =>
  round !== undefined && life.round !== undefined && round !== life.round;

const opened = (life: DepartureLifecycle, round: string): DepartureLifecycle => {
  // What was heard before the round was opened is about it; who has arrived by it departs anew, by the same offer.
  const isFurther = life.opened && (life.round !== round || life.travel.arrivedAt !== undefined);
  const travel = isFurther ? life.unclaimed : { ...life.travel, ...life.unclaimed };
  return { ...initialDepartureLifecycle, round, opened: true, travel };
};

const travelled = (life: DepartureLifecycle, round: string | undefined, heard: Travel): DepartureLifecycle => {
  if (isOfAnotherRound(life, round)) return life;
  if (round === undefined && life.round !== undefined) return { ...life, unclaimed: { ...life.unclaimed, ...heard } };
  return { ...life, travel: { ...life.travel, ...heard } };
};

type TicketFact = Extract<
  Fact,
  { type: "TicketBooked" | "TicketCancelled" | "FlightMissed" | "FlightCancelled" | "OffloadedAtBorder" }
>;

const ticketChanged = (life: DepartureLifecycle, fact: TicketFact): DepartureLifecycle => {
  const { ticketId } = fact.data;
  if (fact.type === "TicketBooked")
    return { ...life, ticket: { ticketId: fact.data.ticketId, missed: false, offloaded: false } };
  const { ticket } = life;
  if (!ticket || ticket.ticketId !== ticketId) return life;
  switch (fact.type) {
    case "TicketCancelled":
    case "FlightCancelled":
      return { ...life, ticket: undefined };
    case "FlightMissed":
      return { ...life, ticket: { ...ticket, missed: true } };
    case "OffloadedAtBorder":
      return { ...life, ticket: { ...ticket, offloaded: true } };
  }
};

/** Pure and total: any event in any order. Used by departure itself and by every reader of its events. */
export const evolveDepartureLifecycle = (life: DepartureLifecycle, fact: Fact): DepartureLifecycle => {
  switch (fact.type) {
    case "ClearanceOpened":
      return opened(life, fact.data.round);
    case "ClearanceGranted":
      return isOfAnotherRound(life, fact.data.round) ? life : { ...life, cleared: true, stopped: undefined };
    case "ClearanceRefused":
      if (fact.data.reason === "items-missing" || isOfAnotherRound(life, fact.data.round)) return life;
      return { ...life, round: life.round ?? fact.data.round, stopped: "cancelled" };
    case "ClearanceRevoked":
      if (isOfAnotherRound(life, fact.data.round)) return life;
      return { ...life, cleared: false, stopped: fact.data.stoppedAs };
    case "BorderExitConfirmed":
      return travelled(life, fact.data.round, { exitedAt: fact.data.exitedAt });
    case "ArrivalConfirmed":
      return travelled(life, fact.data.round, { arrivedAt: fact.data.arrivedAt });
    case "EmployerPickupConfirmed":
      return travelled(life, fact.data.round, { pickedUpAt: fact.data.pickedUpAt });
    case "OffloadedAtBorder":
      return travelled(ticketChanged(life, fact), fact.data.round, { offloadedAt: fact.data.offloadedAt });
    case "TicketBooked":
    case "TicketCancelled":
    case "FlightMissed":
    case "FlightCancelled":
      return isOfAnotherRound(life, fact.data.round) ? life : ticketChanged(life, fact);
    case "RequirementMet":
    case "CoverMarkedInForce":
    case "CoverEnded":
      return life;
  }
};

/** Out of the country: an exit that no later offloading took back. */
export const hasLeftCountry = ({ travel }: DepartureLifecycle): boolean => {
  if (travel.arrivedAt !== undefined) return true;
  if (travel.exitedAt === undefined) return false;
  return travel.offloadedAt === undefined || Date.parse(travel.exitedAt) >= Date.parse(travel.offloadedAt);
};

/** The lifecycle's word for it. What is known of the way goes before what was planned. */
export const departureStatus = (life: DepartureLifecycle): DepartureStatus => {
  if (life.travel.arrivedAt !== undefined) return "arrived";
  if (hasLeftCountry(life)) return "departed";
  if (life.stopped) return life.stopped;
  if (life.ticket?.offloaded) return "offloaded";
  if (life.ticket?.missed) return "missed";
  if (life.ticket) return "ticketed";
  return life.cleared ? "ready" : "clearance";
};
