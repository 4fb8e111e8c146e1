import type { applicationContracts, FactOf, WorkTerms } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { isActive } from "../standing.ts";
import type { ApplicationCommand } from "./commands.ts";
import { asFact, idsOf, refused, whyNoDecision, type JudgementRefusal } from "./judgement.ts";
import { CHOSEN, stageRefusal, type StageRefusal } from "./stages.ts";
import type { Applied, ApplicationState, Offer } from "./state.ts";

/** From the interview to the answer, and what becomes of an acceptance that the host country does not let through. */

export type OfferRefusal = RefusalOf<"case-not-active" | "offer-below-vacancy" | "no-open-offer">;
type OfferDecision = Decision<FactOf<typeof applicationContracts>, StageRefusal | JudgementRefusal | OfferRefusal>;
type Command<Type extends ApplicationCommand["type"]> = Extract<ApplicationCommand, { type: Type }>;

/** Another trade, another currency or a lower wage is not what the candidate applied for. */
const isBelow = (terms: WorkTerms, promised: WorkTerms): boolean =>
  terms.isco !== promised.isco ||
  terms.wageMonth.currency !== promised.wageMonth.currency ||
  terms.wageMonth.minor < promised.wageMonth.minor;

const issue = (state: ApplicationState, applied: Applied, command: Command<"IssueOffer">): OfferDecision => {
  const refusal = stageRefusal(state.lifecycle.stage, CHOSEN, "offered") ?? whyNoDecision(state, command);
  if (refusal) return refused(refusal);
  if (!isActive(command.standing)) return refuse("case-not-active");
  const { offerId, terms, contractMonths, promised } = command;
  if (isBelow(terms, promised)) return refuse("offer-below-vacancy");
  const { employerId, corridor } = applied;
  return accept({
    type: "OfferIssued",
    data: { ...idsOf(applied), offerId, employerId, corridor, contractMonths, terms, ...asFact(command) },
    reasonCode: command.reasons[0],
  });
};

const answer = (
  { lifecycle }: ApplicationState,
  applied: Applied,
  offer: Offer,
  command: Command<"AcceptOffer" | "DeclineOffer">,
): OfferDecision => {
  const done = command.type === "AcceptOffer" ? "accepted" : "declined";
  if (lifecycle.stage === done) return refuse("already-done");
  if (lifecycle.stage !== "offered") return refuse("no-open-offer");
  const { offerId, terms, contractMonths } = offer;
  if (command.type === "DeclineOffer") {
    const { reason } = command;
    return accept({ type: "OfferDeclined", data: { ...idsOf(applied), offerId, reason }, reasonCode: reason });
  }
  if (!isActive(command.standing)) return refuse("case-not-active");
  const { employerId, corridor } = applied;
  return accept({
    type: "OfferAccepted",
    data: { ...idsOf(applied), offerId, employerId, corridor, contractMonths, terms },
  });
};

/** The selection is not lost with the visa: first in line for the next position (scenarios.md, 1). */
const VISA_REFUSED = "visa-refused";

const reserveAfterVisaRefusal = ({ lifecycle, offer }: ApplicationState, applied: Applied): OfferDecision => {
  const wrongStage = stageRefusal(lifecycle.stage, ["accepted"], "reserve");
  if (wrongStage) return refused(wrongStage);
  return accept({
    type: "PlacedOnReserve",
    data: {
      ...idsOf(applied),
      priority: true,
      cause: VISA_REFUSED,
      offerId: offer?.offerId,
      reasons: [VISA_REFUSED],
      basedOn: [],
    },
    reasonCode: VISA_REFUSED,
  });
};

export const decideOffer = (
  state: ApplicationState,
  applied: Applied,
  command: Command<"ScheduleInterview" | "IssueOffer" | "AcceptOffer" | "DeclineOffer" | "ReserveAfterVisaRefusal">,
): OfferDecision => {
  switch (command.type) {
    case "ScheduleInterview": {
      const wrongStage = stageRefusal(state.lifecycle.stage, CHOSEN);
      if (wrongStage) return refused(wrongStage);
      return accept({ type: "InterviewScheduled", data: { ...idsOf(applied), ...command.interview } });
    }
    case "IssueOffer":
      return issue(state, applied, command);
    case "AcceptOffer":
    case "DeclineOffer":
      return state.offer ? answer(state, applied, state.offer, command) : refuse("no-open-offer");
    case "ReserveAfterVisaRefusal":
      return reserveAfterVisaRefusal(state, applied);
  }
};
