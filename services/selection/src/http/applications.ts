import { MatchAssessed } from "@safar/contracts";
import { applicationIdOf, idFromTransaction } from "@safar/kernel";
import { command, ProblemError } from "@safar/service-kit";
import { application, candidateOfRegistration, departureOfCase, vacancy } from "../aggregates.ts";
import type { CandidateView } from "../domain/candidate-view.ts";
import { whyNotShown } from "../domain/cv-sharing.ts";
import { isUnderWay, type Departed } from "../domain/under-way.ts";
import type { VacancyState } from "../domain/vacancy/state.ts";
import { ofApplication, onApplication, presentApplication } from "./application.ts";
import { assessmentBody, conflictBody, emptyBody, reasonBody } from "./bodies.ts";

const submitApplication = command({
  name: "SubmitApplication",
  path: "/vacancies/:id/cases/:caseId/applications",
  summary: "Apply for a vacancy; one application a case and vacancy",
  body: emptyBody,
  creates: true,
  stream: ({ params }) => ({ aggregate: application, id: applicationIdOf(params.caseId, params.id) }),
  async to({ params, edge }) {
    const { id: vacancyId, caseId } = params;
    const { state } = await edge.load<VacancyState>(vacancy, vacancyId);
    if (!state.vacancy) throw new ProblemError("not-found");
    const { employerId, corridor } = state.vacancy;
    const { criteriaVersion } = state;
    const applicationId = applicationIdOf(caseId, vacancyId);
    const fixing = { type: "FixCriteria", criteriaVersion, applicationId, caseId };
    return {
      aggregate: application,
      id: applicationId,
      command: {
        type: "SubmitApplication",
        applicationId,
        vacancyId,
        employerId,
        corridor,
        criteriaVersion,
        isVacancyFilled: state.status === "filled",
        standing: await edge.standingOf(caseId),
      },
      header: { caseId, destination: corridor.country },
      ...(state.criteriaFixed
        ? {}
        : { reserve: { aggregate: vacancy, id: vacancyId, command: fixing, release: { type: "KeepCriteria" } } }),
    };
  },
});

const withdrawApplication = command({
  name: "WithdrawApplication",
  path: "/applications/:id/withdrawals",
  summary: "Take the application back before the departure; no penalty follows",
  body: reasonBody,
  ...ofApplication,
  async to({ params, body, edge }) {
    const { caseId } = await presentApplication(edge, params.id);
    const candidate = await edge.load<CandidateView>(candidateOfRegistration, caseId);
    const departure = await edge.load<Departed>(departureOfCase, caseId);
    return onApplication(params.id, {
      type: "WithdrawApplication",
      reason: body.reason,
      isUnderWay: isUnderWay(params.id, candidate.state, departure.state),
    });
  },
});

const assessMatch = command({
  name: "AssessMatch",
  path: "/applications/:id/assessments",
  summary: "Record advice on the match: model, inputs' hash, score and reasons. Who scores does not decide",
  body: assessmentBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, {
      type: "AssessMatch",
      by: edge.caller.subject,
      assessment: { assessmentId: idFromTransaction(edge.transactionId, "assessment"), ...body },
    }),
  answer: ([event]) => ({ id: MatchAssessed.schema.parse(event?.data).assessmentId }),
});

const viewCv = command({
  name: "ViewCv",
  path: "/applications/:id/cv-views",
  summary: "Put on record that the caller looks at the CV; then it can be read at /applications/{id}/cv",
  body: emptyBody,
  ...ofApplication,
  async to({ params, edge }) {
    const { applied, caseId } = await presentApplication(edge, params.id);
    const { state } = await edge.load<CandidateView>(candidateOfRegistration, caseId);
    const viewer = edge.caller.role === "employer" ? "employer" : "selector";
    return onApplication(params.id, {
      type: "ViewCv",
      viewId: idFromTransaction(edge.transactionId, "cv-view"),
      viewer,
      notShown: whyNotShown(state, { vacancyId: applied.vacancyId, viewer, today: edge.today }),
    });
  },
});

const declareConflictOfInterest = command({
  name: "DeclareConflictOfInterest",
  path: "/applications/:id/conflicts",
  summary: "Declare an own conflict of interest: from then on the caller neither scores nor decides here",
  body: conflictBody,
  ...ofApplication,
  to: ({ params, body, edge }) =>
    onApplication(params.id, { type: "DeclareConflictOfInterest", by: edge.caller.subject, ...body }),
});

export const applicationCommands = [
  submitApplication,
  withdrawApplication,
  assessMatch,
  viewCv,
  declareConflictOfInterest,
];
