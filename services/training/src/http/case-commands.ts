import { isHeldOrEnded } from "@safar/contracts";
import { deriveUuid, idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { course, onTrainingCase } from "../aggregates.ts";
import type { CourseState } from "../domain/course/state.ts";
import {
  assessmentBody,
  attendanceBody,
  cancellationBody,
  certificateBody,
  enrolmentBody,
  orientationBody,
  retakeBody,
} from "./bodies.ts";

/** Sixteen digits that look random and are the same at a repeat. */
const verificationCodeOf = (transactionId: string): string =>
  deriveUuid(transactionId, "verification").replaceAll("-", "").slice(0, 16).toUpperCase().match(/.{4}/g)?.join("-") ??
  "";

const contentOf = ({ offer }: CourseState) => {
  if (!offer) return undefined;
  const { provider, tracks, isco, language, cefr, destination } = offer;
  return { provider, tracks, isco, language, cefr, destination };
};

const enrolCandidate = command({
  name: "EnrolCandidate",
  path: "/cases/:caseId/enrolments",
  summary: "Take a seat in a course for a candidate; an order is not needed",
  body: enrolmentBody,
  async to({ params, body, edge }) {
    const { caseId } = params;
    const { courseId } = body;
    const enrolmentId = idFromTransaction(edge.transactionId, "enrolment");
    const { state } = await edge.load<CourseState>(course, courseId);
    const caseIsHeldOrEnded = isHeldOrEnded(await edge.standingOf(caseId));
    return {
      ...onTrainingCase(caseId, { type: "Enrol", enrolmentId, courseId, content: contentOf(state), caseIsHeldOrEnded }),
      reserve: {
        aggregate: course,
        id: courseId,
        command: { type: "ReserveSeat", enrolmentId, caseId },
        release: { type: "ReleaseSeat", enrolmentId, caseId, reason: "reservation-given-up" },
      },
    };
  },
  answer: (events) => ({ id: (events[0]?.data as { enrolmentId: string }).enrolmentId }),
});

const recordAttendance = command({
  name: "RecordAttendance",
  path: "/cases/:caseId/attendances",
  summary: "Record who was there on a day; a second entry for the day corrects the first",
  body: attendanceBody,
  to: ({ params, body, edge }) =>
    onTrainingCase(params.caseId, { type: "RecordAttendance", ...body, on: body.on ?? edge.today }),
});

const recordAssessment = command({
  name: "RecordAssessment",
  path: "/cases/:caseId/assessments",
  summary: "Record the result of an examination in one track of a course",
  body: assessmentBody,
  to: ({ params, body, edge }) =>
    onTrainingCase(params.caseId, { type: "RecordAssessment", ...body, heldOn: body.heldOn ?? edge.today }),
});

const scheduleRetake = command({
  name: "ScheduleRetake",
  path: "/cases/:caseId/retakes",
  summary: "Set the date of another attempt after a failed one",
  body: retakeBody,
  to: ({ params, body }) => onTrainingCase(params.caseId, { type: "ScheduleRetake", ...body }),
});

const issueCertificate = command({
  name: "IssueCertificate",
  path: "/cases/:caseId/certificates",
  summary: "Issue the certificate of a track, once every track of the course is passed",
  body: certificateBody,
  to: ({ params, body, edge }) =>
    onTrainingCase(params.caseId, {
      type: "IssueCertificate",
      ...body,
      certificateId: idFromTransaction(edge.transactionId, "certificate"),
      issuedOn: body.issuedOn ?? edge.today,
      verificationCode: verificationCodeOf(edge.transactionId),
    }),
  answer: (events) => ({ id: (events[0]?.data as { certificateId: string }).certificateId }),
});

const completeOrientation = command({
  name: "CompleteOrientation",
  path: "/cases/:caseId/orientations",
  summary: "Record a completed pre-departure orientation; the identity must have been proven",
  body: orientationBody,
  to: ({ params, body, edge }) =>
    onTrainingCase(params.caseId, {
      type: "CompleteOrientation",
      ...body,
      completedOn: body.completedOn ?? edge.today,
    }),
});

const cancelEnrolment = command({
  name: "CancelEnrolment",
  path: "/cases/:caseId/cancellations",
  summary: "Cancel an enrolment; its seat goes back to the course",
  body: cancellationBody,
  to: ({ params, body }) => onTrainingCase(params.caseId, { type: "CancelEnrolment", ...body }),
});

export const caseCommands = [
  enrolCandidate,
  recordAttendance,
  recordAssessment,
  scheduleRetake,
  issueCertificate,
  completeOrientation,
  cancelEnrolment,
];
