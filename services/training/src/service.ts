import { SeatReserved, trainingStatus } from "@safar/contracts";
import { defineService } from "@safar/service-kit";
import { course, trainingCase } from "./aggregates.ts";
import type { TrainingState } from "./domain/case/state.ts";
import type { CourseState } from "./domain/course/state.ts";
import { commands } from "./http/commands.ts";
import { refusals } from "./http/refusals.ts";
import { whenCaseStops } from "./reactions/when-case-stops.ts";
import { whenCourseCancelled } from "./reactions/when-course-cancelled.ts";
import { whenEnrolled } from "./reactions/when-enrolled.ts";
import { whenEnrolmentCancelled } from "./reactions/when-enrolment-cancelled.ts";
import { whenOfferAccepted } from "./reactions/when-offer-accepted.ts";

/** Courses, certificates and orientations: what a candidate learns before the departure. */
export const training = defineService({
  name: "training",
  aggregates: [
    {
      aggregate: trainingCase,
      path: "/cases/:caseId",
      status: ({ lifecycle }: TrainingState) => trainingStatus(lifecycle),
    },
    {
      aggregate: course,
      path: "/courses/:id",
      status: ({ status }: CourseState) => status,
      withoutCases: ({ seats, ...state }: CourseState) => ({ ...state, seatsTaken: Object.keys(seats).length }),
    },
  ],
  commands,
  refusals,
  reactions: [whenOfferAccepted, whenEnrolled, whenEnrolmentCancelled, whenCourseCancelled, whenCaseStops],
  reservations: [
    {
      limit: course,
      reserved: SeatReserved,
      record: ({ data }) => ({ aggregate: trainingCase, id: SeatReserved.schema.parse(data).caseId }),
      release: ({ data }) => ({
        type: "ReleaseSeat",
        ...SeatReserved.schema.parse(data),
        reason: "reservation-given-up",
      }),
    },
  ],
});
