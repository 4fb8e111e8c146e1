import { idFromTransaction } from "@safar/kernel";
import { command, ProblemError } from "@safar/service-kit";
import { candidacy, candidateOfRegistration, vacancy } from "../aggregates.ts";
import type { CandidateView } from "../domain/candidate-view.ts";
import type { VacancyState } from "../domain/vacancy/state.ts";
import { ofApplication, onApplication, presentApplication } from "./application.ts";
import { emptyBody, offerBody, reasonBody } from "./bodies.ts";

/** The position is reserved in the vacancy's stream before the offer is on record (lifecycle.md, 3). */
const issueOffer = command({
  name: "IssueOffer",
  path: "/applications/:id/offers",
  summary: "Offer a position: it is reserved first, so that offers never exceed the open positions",
  body: offerBody,
  ...ofApplication,
  async to({ params, body, edge }) {
    const { applied, caseId } = await presentApplication(edge, params.id);
    const { applicationId, vacancyId } = applied;
    const { vacancy: published } = (await edge.load<VacancyState>(vacancy, vacancyId)).state;
    if (!published) throw new ProblemError("not-found");
    const offerId = idFromTransaction(edge.transactionId, "offer");
    const position = { offerId, applicationId, caseId };
    return {
      ...onApplication(params.id, {
        type: "IssueOffer",
        ...body,
        by: edge.caller.subject,
        offerId,
        terms: body.terms ?? published.terms,
        contractMonths: body.contractMonths ?? published.contractMonths,
        promised: published.terms,
        standing: await edge.standingOf(caseId),
      }),
      reserve: {
        aggregate: vacancy,
        id: vacancyId,
        command: { type: "ReservePosition", ...position },
        release: { type: "ReleasePosition", ...position, reason: "offer-not-recorded" },
      },
    };
  },
});

/** A candidate holds one accepted offer at a time: that is reserved in the case's candidacy first. */
const acceptOffer = command({
  name: "AcceptOffer",
  path: "/applications/:id/acceptances",
  summary: "Accept the offer for the case; dossier and training follow",
  body: emptyBody,
  ...ofApplication,
  async to({ params, edge }) {
    const { state, applied, caseId } = await presentApplication(edge, params.id);
    const plan = onApplication(params.id, { type: "AcceptOffer", standing: await edge.standingOf(caseId) });
    if (!state.offer) return plan;
    const candidate = await edge.load<CandidateView>(candidateOfRegistration, caseId);
    const acceptance = { applicationId: applied.applicationId, offerId: state.offer.offerId, caseId };
    const { placedRounds } = candidate.state;
    return {
      ...plan,
      reserve: {
        aggregate: candidacy,
        id: caseId,
        command: { type: "ReserveAcceptance", ...acceptance, placedRounds },
        release: { type: "ReleaseAcceptance", ...acceptance, reason: "acceptance-not-recorded" },
        header: { caseId },
      },
    };
  },
});

const declineOffer = command({
  name: "DeclineOffer",
  path: "/applications/:id/declines",
  summary: "Decline the offer for the case; the position returns to the vacancy, no penalty follows",
  body: reasonBody,
  ...ofApplication,
  to: ({ params, body }) => onApplication(params.id, { type: "DeclineOffer", reason: body.reason }),
});

export const offerCommands = [issueOffer, acceptOffer, declineOffer];
