import { hasLeftCountry } from "@safar/contracts";
import { accept, refuse } from "@safar/kernel";
import type { DepartureFact } from "./clearance.ts";
import type { DepartureCommand } from "./commands.ts";
import type { DepartureDecision } from "./decide.ts";
import type { DepartureState } from "./state.ts";
import { liveTicket } from "./ticket.ts";

type CommandOf<Type extends DepartureCommand["type"]> = Extract<DepartureCommand, { type: Type }>;

/** A fact that came before what it follows from is marked, never refused. */
const lateIf = (isLate: boolean): { readonly late?: true } => (isLate ? { late: true } : {});

const bookTicket = (state: DepartureState, command: CommandOf<"BookTicket">): DepartureDecision => {
  const { ticketId, flight, groupId, bookingReference } = command;
  const { round, cleared } = state.lifecycle;
  if (command.caseIsHeldOrEnded) return refuse("case-not-active");
  if (!flight) return refuse("travel-group-not-found");
  if (hasLeftCountry(state.lifecycle)) return refuse("has-already-left");
  if (round === undefined || !cleared) return refuse("clearance-not-granted");
  // What followed from the cancellation of the group's flight may have come first.
  if (state.cancelledTickets.includes(ticketId)) return refuse("ticket-cancelled");
  if (liveTicket(state)) return refuse("ticket-already-booked");
  return accept({ type: "TicketBooked", data: { round, ticketId, ...flight, groupId, bookingReference } });
};

const cancelGroupTickets = (state: DepartureState, command: CommandOf<"CancelGroupTickets">): DepartureDecision => {
  const { groupId, reason } = command;
  const { round } = state.lifecycle;
  if (hasLeftCountry(state.lifecycle)) return refuse("already-done");
  const facts = command.ticketIds
    .filter((ticketId) => !state.cancelledTickets.includes(ticketId))
    .map((ticketId): DepartureFact => {
      const isKnown = state.lifecycle.ticket?.ticketId === ticketId;
      const data = { round, ticketId, groupId, reason, ...lateIf(!isKnown) };
      return { type: "FlightCancelled", data, reasonCode: reason };
    });
  return facts.length === 0 ? refuse("already-done") : accept(...facts);
};

/**
 * The round that a crossing belongs to; undefined: it is on record already. A further crossing in a round that is over
 * is told apart from a second entry of the first one by its own date: it names no round, and the next one takes it.
 */
const roundOf = (
  { lifecycle }: DepartureState,
  known: { readonly current: string | undefined; readonly unclaimed: string | undefined },
  /** When it happened, if whoever tells of it gave a date. */
  dated: string | undefined,
): { readonly round: string | undefined } | undefined => {
  if (known.current === undefined) return { round: lifecycle.round };
  const { arrivedAt } = lifecycle.travel;
  if (known.unclaimed !== undefined || arrivedAt === undefined || dated === undefined) return undefined;
  return Date.parse(dated) > Date.parse(arrivedAt) ? { round: undefined } : undefined;
};

const confirmBorderExit = (state: DepartureState, command: CommandOf<"ConfirmBorderExit">): DepartureDecision => {
  const { exitedAt, borderPoint, effectiveAt } = command;
  const { travel, unclaimed, cleared, ticket } = state.lifecycle;
  // An exit that an offloading took back is none.
  const stands = hasLeftCountry({ ...state.lifecycle, travel: { ...travel, arrivedAt: undefined } });
  const current = stands ? travel.exitedAt : undefined;
  const claim = roundOf(state, { current, unclaimed: unclaimed.exitedAt }, effectiveAt && exitedAt);
  if (!claim) return refuse("already-done");
  const isLate = !cleared || !ticket || travel.arrivedAt !== undefined;
  const data = { round: claim.round, exitedAt, borderPoint, ...lateIf(isLate) };
  return accept({ type: "BorderExitConfirmed", data, effectiveAt });
};

const confirmArrival = (state: DepartureState, command: CommandOf<"ConfirmArrival">): DepartureDecision => {
  const { arrivedAt, effectiveAt } = command;
  const { travel, unclaimed } = state.lifecycle;
  const claim = roundOf(state, { current: travel.arrivedAt, unclaimed: unclaimed.arrivedAt }, effectiveAt && arrivedAt);
  if (!claim) return refuse("already-done");
  const exitedAt = travel.arrivedAt === undefined ? travel.exitedAt : unclaimed.exitedAt;
  const data = { round: claim.round, arrivedAt, ...lateIf(exitedAt === undefined) };
  return accept({ type: "ArrivalConfirmed", data, effectiveAt });
};

const confirmPickup = (state: DepartureState, command: CommandOf<"ConfirmPickup">): DepartureDecision => {
  const { pickedUpAt, effectiveAt } = command;
  const { round, travel } = state.lifecycle;
  if (travel.pickedUpAt !== undefined) return refuse("already-done");
  const data = { round, pickedUpAt, ...lateIf(travel.arrivedAt === undefined) };
  return accept({ type: "EmployerPickupConfirmed", data, effectiveAt });
};

type FlightReport = CommandOf<"ReportMissedFlight" | "ReportCancelledFlight" | "ReportOffloading">;

const reportFlight = (state: DepartureState, command: FlightReport): DepartureDecision => {
  const { reason, at, effectiveAt } = command;
  const { round, ticket } = state.lifecycle;
  const ticketId = command.ticketId ?? ticket?.ticketId;
  const isCurrent = ticket !== undefined && ticket.ticketId === ticketId;
  const groupId = state.ticket?.ticketId === ticketId ? state.ticket?.groupId : undefined;
  const shared = { round, ticketId, reason, ...lateIf(!isCurrent || hasLeftCountry(state.lifecycle)) };
  switch (command.type) {
    case "ReportMissedFlight":
      if (isCurrent && ticket.missed) return refuse("already-done");
      return accept({ type: "FlightMissed", data: { ...shared, missedAt: at }, reasonCode: reason, effectiveAt });
    case "ReportCancelledFlight":
      if (ticketId !== undefined && state.cancelledTickets.includes(ticketId)) return refuse("already-done");
      return accept({ type: "FlightCancelled", data: { ...shared, groupId }, reasonCode: reason, effectiveAt });
    case "ReportOffloading":
      if (isCurrent && ticket.offloaded) return refuse("already-done");
      return accept({
        type: "OffloadedAtBorder",
        data: { ...shared, offloadedAt: at },
        reasonCode: reason,
        effectiveAt,
      });
  }
};

export type TravelCommand =
  | CommandOf<"BookTicket" | "CancelGroupTickets" | "ConfirmBorderExit" | "ConfirmArrival" | "ConfirmPickup">
  | FlightReport;

export const decideTravel = (state: DepartureState, command: TravelCommand): DepartureDecision => {
  switch (command.type) {
    case "BookTicket":
      return bookTicket(state, command);
    case "CancelGroupTickets":
      return cancelGroupTickets(state, command);
    case "ConfirmBorderExit":
      return confirmBorderExit(state, command);
    case "ConfirmArrival":
      return confirmArrival(state, command);
    case "ConfirmPickup":
      return confirmPickup(state, command);
    case "ReportMissedFlight":
    case "ReportCancelledFlight":
    case "ReportOffloading":
      return reportFlight(state, command);
  }
};
