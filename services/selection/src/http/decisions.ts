import { InterviewScheduled } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { ofApplication, onApplication } from "./application.ts";
import { decisionBody, interviewBody, interviewResultBody } from "./bodies.ts";

/** What selector and employer decide on an applicant, short of an offer. */

const shortlistApplication = command({
  name: "ShortlistApplication",
  path: "/applications/:id/shortlistings",
  summary: "Put the applicant on the shortlist, with reasons",
  body: decisionBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, { type: "ShortlistApplication", by: edge.caller.subject, ...body }),
});

const scheduleInterview = command({
  name: "ScheduleInterview",
  path: "/applications/:id/interviews",
  summary: "Arrange an interview; the answer names it",
  body: interviewBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, {
      type: "ScheduleInterview",
      interview: { interviewId: idFromTransaction(edge.transactionId, "interview"), ...body },
    }),
  answer: ([event]) => ({ id: InterviewScheduled.schema.parse(event?.data).interviewId }),
});

const recordInterview = command({
  name: "RecordInterview",
  path: "/applications/:id/interview-results",
  summary: "Record an interview that was held, however late, with its outcome and reasons",
  body: interviewResultBody,
  ...ofApplication,
  to({ params, body }) {
    const { effectiveAt, ...interview } = body;
    return onApplication(params.id, { type: "RecordInterview", interview, effectiveAt });
  },
});

const placeOnReserve = command({
  name: "PlaceOnReserve",
  path: "/applications/:id/reserves",
  summary: "Keep the applicant on reserve, with reasons",
  body: decisionBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, { type: "PlaceOnReserve", by: edge.caller.subject, ...body }),
});

const rejectApplication = command({
  name: "RejectApplication",
  path: "/applications/:id/rejections",
  summary: "Reject the applicant, with reasons",
  body: decisionBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, { type: "RejectApplication", by: edge.caller.subject, ...body }),
});

export const decisionCommands = [
  shortlistApplication,
  scheduleInterview,
  recordInterview,
  placeOnReserve,
  rejectApplication,
];
