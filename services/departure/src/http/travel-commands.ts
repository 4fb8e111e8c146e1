import { isHeldOrEnded } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command, type CommandEdge } from "@safar/service-kit";
import { departureCase, onDeparture, travelGroup } from "../aggregates.ts";
import type { DepartureState } from "../domain/case/state.ts";
import type { TravelGroupState } from "../domain/travel-group/state.ts";
import { borderExitBody, factBody, flightReportBody, ticketBody } from "./bodies.ts";

const flightOfGroup = async (edge: CommandEdge, groupId: string) => {
  const { state } = await edge.load<TravelGroupState>(travelGroup, groupId);
  if (!state.group) return undefined;
  const { flight, from, to, departsAt } = state.group;
  return { flight, from, to, departsAt };
};

const bookTicket = command({
  name: "BookTicket",
  path: "/cases/:caseId/tickets",
  summary: "Book a ticket for a cleared case, alone or in a travel group",
  body: ticketBody,
  async to({ params, body, edge }) {
    const { caseId } = params;
    const ticketId = idFromTransaction(edge.transactionId, "ticket");
    const caseIsHeldOrEnded = isHeldOrEnded(await edge.standingOf(caseId));
    const { bookingReference } = body;
    const booking = { type: "BookTicket", ticketId, bookingReference, caseIsHeldOrEnded } as const;
    if (!("groupId" in body)) {
      const { flight, from, to, departsAt } = body;
      return onDeparture(caseId, { ...booking, flight: { flight, from, to, departsAt } });
    }
    const { groupId } = body;
    return {
      ...onDeparture(caseId, { ...booking, groupId, flight: await flightOfGroup(edge, groupId) }),
      reserve: {
        aggregate: travelGroup,
        id: groupId,
        command: { type: "ReservePlace", ticketId, caseId },
        release: { type: "ReleasePlace", ticketId, caseId, reason: "reservation-given-up" },
      },
    };
  },
  answer: (events) => ({ id: (events[0]?.data as { ticketId: string }).ticketId }),
});

const confirmBorderExit = command({
  name: "ConfirmBorderExit",
  path: "/cases/:caseId/border-exits",
  summary: "Record that somebody has crossed the border; never refused for coming late",
  body: borderExitBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ConfirmBorderExit", ...body, exitedAt: body.effectiveAt ?? edge.now }),
});

const confirmArrival = command({
  name: "ConfirmArrival",
  path: "/cases/:caseId/arrivals",
  summary: "Record that somebody has arrived; never refused for coming before the exit",
  body: factBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ConfirmArrival", ...body, arrivedAt: body.effectiveAt ?? edge.now }),
});

const confirmPickup = command({
  name: "ConfirmPickup",
  path: "/cases/:caseId/pickups",
  summary: "Record that the employer has met the worker",
  body: factBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ConfirmPickup", ...body, pickedUpAt: body.effectiveAt ?? edge.now }),
  async employerOf({ params, edge }) {
    const { state } = await edge.load<DepartureState>(departureCase, params.caseId);
    return state.opening?.employerId;
  },
});

const reportMissedFlight = command({
  name: "ReportMissedFlight",
  path: "/cases/:caseId/missed-flights",
  summary: "Record that a flight was missed; a new ticket can be booked",
  body: flightReportBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ReportMissedFlight", ...body, at: body.effectiveAt ?? edge.now }),
});

const reportCancelledFlight = command({
  name: "ReportCancelledFlight",
  path: "/cases/:caseId/cancelled-flights",
  summary: "Record that the flight of a ticket was cancelled",
  body: flightReportBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ReportCancelledFlight", ...body, at: body.effectiveAt ?? edge.now }),
});

const reportOffloading = command({
  name: "ReportOffloading",
  path: "/cases/:caseId/offloadings",
  summary: "Record that somebody was not let through at the border",
  body: flightReportBody,
  to: ({ params, body, edge }) =>
    onDeparture(params.caseId, { type: "ReportOffloading", ...body, at: body.effectiveAt ?? edge.now }),
});

export const travelCommands = [
  bookTicket,
  confirmBorderExit,
  confirmArrival,
  confirmPickup,
  reportMissedFlight,
  reportCancelledFlight,
  reportOffloading,
];
