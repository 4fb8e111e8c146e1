import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { onDossier, onSubmission, submission } from "../aggregates.ts";
import type { SubmissionState } from "../domain/submission/state.ts";
import { dayOf, dispatchBody, dropBody, memberBody, planBody } from "./bodies.ts";

const planSubmission = command({
  name: "PlanSubmission",
  path: "/submissions",
  summary: "Plan a day on which applications for one country are handed in together",
  body: planBody,
  creates: true,
  to: ({ body, edge }) => ({
    ...onSubmission(idFromTransaction(edge.transactionId, "submission"), { type: "PlanSubmission", plan: body }),
    header: { destination: body.destination },
  }),
});

const joinSubmission = command({
  name: "JoinSubmission",
  path: "/submissions/:id/cases/:caseId/members",
  summary: "Take a place in the group for a case; never more cases than places",
  body: memberBody,
  async to({ params, edge }) {
    const { id, caseId } = params;
    const { state } = await edge.load<SubmissionState>(submission, id);
    const standing = await edge.standingOf(caseId);
    return {
      ...onDossier(caseId, { type: "JoinGroup", submissionId: id, destination: state.destination, standing }),
      reserve: {
        aggregate: submission,
        id,
        command: { type: "ReservePlace", caseId },
        release: { type: "ReleasePlace", caseId, reason: "reservation-given-up" },
      },
    };
  },
});

const dropFromSubmission = command({
  name: "DropFromSubmission",
  path: "/submissions/:id/cases/:caseId/drops",
  summary: "Take a case out of the group before it is handed in; the others go on",
  body: dropBody,
  to: ({ params, body }) =>
    onDossier(params.caseId, { type: "DropFromGroup", submissionId: params.id, reason: body.reason }),
});

const sendSubmission = command({
  name: "SendSubmission",
  path: "/submissions/:id/dispatches",
  summary: "Hand the group in; a member that is not ready is dropped, the others are submitted",
  body: dispatchBody,
  to: ({ params, body, edge }) =>
    onSubmission(params.id, { type: "SendSubmission", submittedOn: dayOf(body, edge.today), ...body }),
});

export const submissionCommands = [planSubmission, joinSubmission, dropFromSubmission, sendSubmission];
