import { departureStatus, GroupPlaceReserved } from "@safar/contracts";
import { defineService } from "@safar/service-kit";
import { departureCase, travelGroup } from "./aggregates.ts";
import type { DepartureState } from "./domain/case/state.ts";
import type { TravelGroupState } from "./domain/travel-group/state.ts";
import { commands } from "./http/commands.ts";
import { refusals } from "./http/refusals.ts";
import { whenCaseGoesOn } from "./reactions/when-case-goes-on.ts";
import { whenCaseStops } from "./reactions/when-case-stops.ts";
import { whenCertificateIssued } from "./reactions/when-certificate-issued.ts";
import { whenClearedOrTicketed } from "./reactions/when-cleared-or-ticketed.ts";
import { whenGroupFlightCancelled } from "./reactions/when-group-flight-cancelled.ts";
import { whenOrientationCompleted } from "./reactions/when-orientation-completed.ts";
import { whenPolicyActivated } from "./reactions/when-policy-activated.ts";
import { whenPolicyCancelled } from "./reactions/when-policy-cancelled.ts";
import { whenTicketCancelled } from "./reactions/when-ticket-cancelled.ts";
import { whenVisaRefused } from "./reactions/when-visa-refused.ts";
import { whenVisaStageCompleted } from "./reactions/when-visa-stage-completed.ts";

/** Clearance, ticket and the way itself: nobody leaves without what the corridor asks, and every late fact counts. */
export const departure = defineService({
  name: "departure",
  aggregates: [
    {
      aggregate: departureCase,
      path: "/cases/:caseId",
      status: ({ lifecycle }: DepartureState) => departureStatus(lifecycle),
      employerOf: ({ opening }: DepartureState) => opening?.employerId,
    },
    {
      aggregate: travelGroup,
      path: "/travel-groups/:id",
      status: ({ status }: TravelGroupState) => status,
      withoutCases: ({ taken, ...state }: TravelGroupState) => ({ ...state, placesTaken: Object.keys(taken).length }),
    },
  ],
  commands,
  refusals,
  reactions: [
    whenVisaStageCompleted,
    whenVisaRefused,
    whenCertificateIssued,
    whenOrientationCompleted,
    whenPolicyActivated,
    whenPolicyCancelled,
    whenCaseStops,
    whenCaseGoesOn,
    whenClearedOrTicketed,
    whenTicketCancelled,
    whenGroupFlightCancelled,
  ],
  reservations: [
    {
      limit: travelGroup,
      reserved: GroupPlaceReserved,
      record: ({ data }) => ({ aggregate: departureCase, id: GroupPlaceReserved.schema.parse(data).caseId }),
      release: ({ data }) => ({
        type: "ReleasePlace",
        ...GroupPlaceReserved.schema.parse(data),
        reason: "reservation-given-up",
      }),
    },
  ],
});
