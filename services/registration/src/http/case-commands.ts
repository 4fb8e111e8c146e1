import { idFromTransaction } from "@safar/kernel";
import { command, ProblemError, type CommandEdge, type CommandPlan } from "@safar/service-kit";
import { duplicatePair, duplicatePairIdOf, registrationCase } from "../aggregates.ts";
import type { CaseCommand } from "../domain/case/commands.ts";
import type { CaseState } from "../domain/case/state.ts";
import { consentOf, reserveJourney } from "../registering.ts";
import {
  consentBody,
  cvBody,
  duplicateConfirmationBody,
  emptyBody,
  identityRejectionBody,
  identityRequestBody,
  identityVerificationBody,
  interestBody,
  otherCaseBody,
  reasonBody,
} from "./bodies.ts";

const onCase = (caseId: string, caseCommand: CaseCommand): CommandPlan => ({
  aggregate: registrationCase,
  id: caseId,
  command: caseCommand,
});

const grantConsent = command({
  name: "GrantConsent",
  path: "/cases/:caseId/consents",
  summary: "Record a consent of the candidate",
  body: consentBody,
  to: ({ params, body, edge }) =>
    onCase(params.caseId, {
      type: "GrantConsent",
      consent: consentOf(edge.transactionId, body.grantedOn, body.purposes),
      asOf: edge.today,
    }),
});

const withdrawConsent = command({
  name: "WithdrawConsent",
  path: "/cases/:caseId/consent-withdrawals",
  summary: "Withdraw the consent: sharing stops, the case is held, what the law keeps is kept",
  body: emptyBody,
  to: ({ params, edge }) => onCase(params.caseId, { type: "WithdrawConsent", withdrawnOn: edge.today }),
});

const requestIdentityVerification = command({
  name: "RequestIdentityVerification",
  path: "/cases/:caseId/identity-requests",
  summary: "Ask for the identity to be verified; the answer names this request",
  body: identityRequestBody,
  to: ({ params, body, edge }) =>
    onCase(params.caseId, {
      type: "RequestIdentityVerification",
      requestId: idFromTransaction(edge.transactionId, "identity-request"),
      method: body.method,
    }),
  answer: (events) => ({ id: (events[0]?.data as { requestId: string }).requestId }),
});

const verifyIdentity = command({
  name: "VerifyIdentity",
  path: "/cases/:caseId/identity-verifications",
  summary: "Record that the identity is verified; liveness and score only, never a template",
  body: identityVerificationBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "VerifyIdentity", ...body }),
});

const rejectIdentity = command({
  name: "RejectIdentity",
  path: "/cases/:caseId/identity-rejections",
  summary: "Record that the identity could not be verified, with the reason",
  body: identityRejectionBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "RejectIdentity", ...body }),
});

const publishCv = command({
  name: "PublishCv",
  path: "/cases/:caseId/cvs",
  summary: "Publish the CV, or a revision of it",
  body: cvBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "PublishCv", cv: body }),
});

const declareInterest = command({
  name: "DeclareInterest",
  path: "/cases/:caseId/interests",
  summary: "Declare interest in a vacancy: its employer may then see the CV",
  body: interestBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "DeclareInterest", vacancyId: body.vacancyId }),
});

/** The other case follows a decision only in a moment; until then a second person must not decide the opposite there. */
const refuseDecidedElsewhere = async (edge: CommandEdge, caseId: string, otherCaseId: string): Promise<void> => {
  const { state } = await edge.load<CaseState>(registrationCase, otherCaseId);
  if (state.confirmedBefore.includes(caseId) || state.mergedInto === caseId)
    throw new ProblemError("duplicate-not-suspected");
};

/** Two who decide at the two cases at the same moment meet in the pair's stream: the first one's decision counts. */
const decidedOnce = (caseId: string, otherCaseId: string, plan: CommandPlan): CommandPlan => ({
  ...plan,
  reserve: {
    aggregate: duplicatePair,
    id: duplicatePairIdOf(caseId, otherCaseId),
    command: { type: "TakeDecision", caseId },
    release: { type: "GiveDecisionBack", caseId },
  },
});

const dismissDuplicate = command({
  name: "DismissDuplicate",
  path: "/cases/:caseId/duplicate-dismissals",
  summary: "Decide that two cases are two persons; both are freed",
  body: otherCaseBody,
  stream: ({ params }) => ({ aggregate: registrationCase, id: params.caseId }),
  async to({ params, body, edge }) {
    await refuseDecidedElsewhere(edge, params.caseId, body.otherCaseId);
    const plan = onCase(params.caseId, { type: "DismissDuplicate", otherCaseId: body.otherCaseId });
    return decidedOnce(params.caseId, body.otherCaseId, plan);
  },
});

const confirmDuplicate = command({
  name: "ConfirmDuplicate",
  path: "/cases/:caseId/duplicate-confirmations",
  summary: "Decide that two cases are one person; merge this one into the other where wanted. Can be undone",
  body: duplicateConfirmationBody,
  stream: ({ params }) => ({ aggregate: registrationCase, id: params.caseId }),
  async to({ params, body, edge }) {
    await refuseDecidedElsewhere(edge, params.caseId, body.otherCaseId);
    const plan = onCase(params.caseId, { type: "ConfirmDuplicate", ...body });
    return decidedOnce(params.caseId, body.otherCaseId, plan);
  },
});

const suspendCase = command({
  name: "SuspendCase",
  path: "/cases/:caseId/suspensions",
  summary: "Hold a case for a reason",
  body: reasonBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "SuspendCase", reason: body.reason }),
});

const resumeCase = command({
  name: "ResumeCase",
  path: "/cases/:caseId/resumptions",
  summary: "Lift the hold of that reason",
  body: reasonBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "ResumeCase", reason: body.reason }),
});

const withdrawCandidate = command({
  name: "WithdrawCandidate",
  path: "/cases/:caseId/withdrawals",
  summary: "The candidate withdraws; no penalty follows",
  body: reasonBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "WithdrawCandidate", reason: body.reason }),
});

const closeCase = command({
  name: "CloseCase",
  path: "/cases/:caseId/closures",
  summary: "Close a journey that has come to its end",
  body: reasonBody,
  to: ({ params, body }) => onCase(params.caseId, { type: "CloseCase", reason: body.reason }),
});

/** The person's one journey is reserved again before the case goes on. */
const withJourney = (caseId: string, personId: string | undefined, plan: CommandPlan): CommandPlan =>
  personId === undefined ? plan : { ...plan, reserve: reserveJourney(caseId, personId) };

const reopenCase = command({
  name: "ReopenCase",
  path: "/cases/:caseId/reopenings",
  summary: "Go on with a journey that had ended (a further departure)",
  body: reasonBody,
  async to({ params, body, edge }) {
    const { header } = await edge.load(registrationCase, params.caseId);
    const plan = onCase(params.caseId, { type: "ReopenCase", reason: body.reason });
    return withJourney(params.caseId, header.personId, plan);
  },
});

const unmergeCase = command({
  name: "UnmergeCase",
  path: "/cases/:caseId/unmergings",
  summary: "Undo a merge: the case is a journey of its own again",
  body: emptyBody,
  async to({ params, edge }) {
    const { header } = await edge.load(registrationCase, params.caseId);
    return withJourney(params.caseId, header.personId, onCase(params.caseId, { type: "UnmergeCase" }));
  },
});

export const caseCommands = [
  grantConsent,
  withdrawConsent,
  requestIdentityVerification,
  verifyIdentity,
  rejectIdentity,
  publishCv,
  declareInterest,
  dismissDuplicate,
  confirmDuplicate,
  suspendCase,
  resumeCase,
  withdrawCandidate,
  closeCase,
  reopenCase,
  unmergeCase,
];
