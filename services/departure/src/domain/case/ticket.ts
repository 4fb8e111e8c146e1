import { hasLeftCountry } from "@safar/contracts";
import type { DepartureFact } from "./clearance.ts";
import type { Ticket } from "./commands.ts";
import type { DepartureState } from "./state.ts";

/** The ticket that somebody still means to travel with: neither given back, nor missed, nor used. */
export const liveTicket = ({ lifecycle, ticket }: DepartureState): Ticket | undefined => {
  const counting = lifecycle.ticket;
  if (!counting || counting.missed || counting.offloaded || hasLeftCountry(lifecycle)) return undefined;
  return ticket?.ticketId === counting.ticketId ? ticket : undefined;
};

export const ticketGivenBack = (state: DepartureState, reason: string): readonly DepartureFact[] => {
  const ticket = liveTicket(state);
  if (!ticket) return [];
  const { round, ticketId, groupId } = ticket;
  return [{ type: "TicketCancelled", data: { round, ticketId, groupId, reason }, reasonCode: reason }];
};
