import { command } from "@safar/service-kit";
import { dossier, onDossier } from "../aggregates.ts";
import { passportValidity } from "../domain/dossier/passport.ts";
import type { DossierState } from "../domain/dossier/state.ts";
import { appealBody, appealDecisionBody, dayOf, feeBody, grantBody, refusalBody, submissionBody } from "./bodies.ts";

const submitVisa = command({
  name: "SubmitVisa",
  path: "/cases/:caseId/submissions",
  summary: "Record that the application for the visa was handed in, alone",
  body: submissionBody,
  async to({ params, body, edge }) {
    const { caseId } = params;
    const { state } = await edge.load<DossierState>(dossier, caseId);
    const form = await edge.personOf(caseId);
    return onDossier(caseId, {
      type: "SubmitVisa",
      submittedOn: dayOf(body, edge.today),
      standing: await edge.standingOf(caseId),
      passport: passportValidity(state, state.contract?.startsOn ?? edge.today, form?.passportExpiry),
      ...body,
    });
  },
});

const payVisaFee = command({
  name: "PayVisaFee",
  path: "/cases/:caseId/fees",
  summary: "Record a fee for the visa: the sum, who bore it, and the receipt",
  body: feeBody,
  to: ({ params, body, edge }) => {
    const { effectiveAt, ...fee } = body;
    return onDossier(params.caseId, {
      type: "PayVisaFee",
      fee: { ...fee, paidOn: dayOf(body, edge.today) },
      effectiveAt,
    });
  },
});

const grantVisa = command({
  name: "GrantVisa",
  path: "/cases/:caseId/grants",
  summary: "Record that the embassy granted the visa",
  body: grantBody,
  to: ({ params, body, edge }) => {
    const { effectiveAt, ...visa } = body;
    return onDossier(params.caseId, { type: "GrantVisa", visa, today: edge.today, effectiveAt });
  },
});

const refuseVisa = command({
  name: "RefuseVisa",
  path: "/cases/:caseId/refusals",
  summary: "Record that the embassy refused the visa, with its reason; an appeal is possible for 30 days",
  body: refusalBody,
  to: ({ params, body, edge }) =>
    onDossier(params.caseId, { type: "RefuseVisa", ...body, refusedOn: dayOf(body, edge.today) }),
});

const fileVisaAppeal = command({
  name: "FileVisaAppeal",
  path: "/cases/:caseId/appeals",
  summary: "Record an appeal against the refusal",
  body: appealBody,
  to: ({ params, body, edge }) =>
    onDossier(params.caseId, { type: "FileVisaAppeal", ...body, filedOn: dayOf(body, edge.today) }),
});

const decideVisaAppeal = command({
  name: "DecideVisaAppeal",
  path: "/cases/:caseId/appeal-decisions",
  summary: "Record the embassy's decision on the appeal",
  body: appealDecisionBody,
  to: ({ params, body, edge }) =>
    onDossier(params.caseId, { type: "DecideVisaAppeal", ...body, decidedOn: dayOf(body, edge.today) }),
});

export const visaCommands = [submitVisa, payVisaFee, grantVisa, refuseVisa, fileVisaAppeal, decideVisaAppeal];
