import type { applicationContracts, FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { CvSharingRefusal } from "../cv-sharing.ts";
import { isActive } from "../standing.ts";
import type { ApplicationCommand } from "./commands.ts";
import { decideOffer, type OfferRefusal } from "./decide-offer.ts";
import { asFact, idsOf, refused, whyNoDecision, type JudgementRefusal } from "./judgement.ts";
import { LIVE, stageRefusal, UNDECIDED, type StageRefusal } from "./stages.ts";
import { standingOffer, type Applied, type ApplicationState } from "./state.ts";

type Fact = FactOf<typeof applicationContracts>;

export type ApplicationRefusal =
  | StageRefusal
  | CvSharingRefusal
  | JudgementRefusal
  | OfferRefusal
  | RefusalOf<
      | "vacancy-filled"
      | "application-rejected-before"
      | "criteria-version-differs"
      | "interview-unknown"
      | "already-departed"
    >;
type ApplicationDecision = Decision<Fact, ApplicationRefusal>;
type Command<Type extends ApplicationCommand["type"]> = Extract<ApplicationCommand, { type: Type }>;

const submit = ({ lifecycle }: ApplicationState, command: Command<"SubmitApplication">): ApplicationDecision => {
  const { stage } = lifecycle;
  if (stage === "rejected") return refuse("application-rejected-before");
  if (stage !== "none" && stage !== "withdrawn" && stage !== "declined") return refuse("already-done");
  if (!isActive(command.standing)) return refuse("case-not-active");
  if (command.isVacancyFilled) return refuse("vacancy-filled");
  const { applicationId, vacancyId, employerId, corridor, criteriaVersion } = command;
  return accept({
    type: "ApplicationSubmitted",
    data: { applicationId, vacancyId, employerId, corridor, criteriaVersion },
  });
};

const assess = (
  state: ApplicationState,
  applied: Applied,
  { by, assessment }: Command<"AssessMatch">,
): ApplicationDecision => {
  const wrongStage = stageRefusal(state.lifecycle.stage, [...UNDECIDED, "reserve"]);
  if (wrongStage) return refused(wrongStage);
  if (state.conflicted.includes(by)) return refuse("conflict-of-interest");
  if (assessment.criteriaVersion !== applied.criteriaVersion)
    return refuse("criteria-version-differs", { needed: applied.criteriaVersion });
  return accept({ type: "MatchAssessed", data: { ...idsOf(applied), ...assessment } });
};

const viewCv = (
  state: ApplicationState,
  applied: Applied,
  { viewId, viewer, notShown }: Command<"ViewCv">,
): ApplicationDecision => {
  const wrongStage = stageRefusal(state.lifecycle.stage, LIVE);
  if (wrongStage) return refused(wrongStage);
  if (notShown) return refused(notShown);
  return accept({ type: "CvViewed", data: { ...idsOf(applied), viewId, viewer } });
};

/** That an interview was held is a fact: it is taken whenever it comes, once for each appointment. */
const recordInterview = (
  state: ApplicationState,
  applied: Applied,
  { interview, effectiveAt }: Command<"RecordInterview">,
): ApplicationDecision => {
  if (interview.interviewId !== undefined) {
    const appointment = state.interviews.find(({ interviewId }) => interviewId === interview.interviewId);
    if (!appointment) return refuse("interview-unknown");
    if (appointment.outcome !== undefined) return refuse("already-done");
  }
  const [reasonCode] = interview.reasons;
  return accept({ type: "InterviewHeld", data: { ...idsOf(applied), ...interview }, effectiveAt, reasonCode });
};

const choose = (
  state: ApplicationState,
  applied: Applied,
  command: Command<"ShortlistApplication" | "PlaceOnReserve" | "RejectApplication">,
): ApplicationDecision => {
  const isShortlisting = command.type === "ShortlistApplication";
  const isReserving = command.type === "PlaceOnReserve";
  const { stage } = state.lifecycle;
  const wrongStage = isShortlisting
    ? stageRefusal(stage, ["submitted"], "shortlisted")
    : stageRefusal(stage, isReserving ? UNDECIDED : [...UNDECIDED, "reserve"], isReserving ? "reserve" : "rejected");
  const refusal = wrongStage ?? whyNoDecision(state, command);
  if (refusal) return refused(refusal);
  const reasonCode = command.reasons[0];
  const data = { ...idsOf(applied), ...asFact(command) };
  if (isShortlisting) return accept({ type: "Shortlisted", data, reasonCode });
  if (!isReserving) return accept({ type: "ApplicationRejected", data, reasonCode });
  return accept({
    type: "PlacedOnReserve",
    data: { ...data, priority: false, cause: "selection" },
    reasonCode,
  });
};

const withdraw = (
  state: ApplicationState,
  applied: Applied,
  { reason, isUnderWay }: Command<"WithdrawApplication">,
): ApplicationDecision => {
  const wrongStage = stageRefusal(state.lifecycle.stage, LIVE, "withdrawn");
  if (wrongStage) return refused(wrongStage);
  if (isUnderWay && state.lifecycle.stage === "accepted") return refuse("already-departed");
  const offerId = standingOffer(state)?.offerId;
  return accept({
    type: "ApplicationWithdrawn",
    data: { ...idsOf(applied), reason, offerId },
    reasonCode: reason,
  });
};

export const decideApplication = (state: ApplicationState, command: ApplicationCommand): ApplicationDecision => {
  if (command.type === "SubmitApplication") return submit(state, command);
  const { applied } = state;
  if (!applied) return refuse("application-not-submitted");
  switch (command.type) {
    case "AssessMatch":
      return assess(state, applied, command);
    case "ViewCv":
      return viewCv(state, applied, command);
    case "ScheduleInterview":
    case "IssueOffer":
    case "AcceptOffer":
    case "DeclineOffer":
    case "ReserveAfterVisaRefusal":
      return decideOffer(state, applied, command);
    case "RecordInterview":
      return recordInterview(state, applied, command);
    case "ShortlistApplication":
    case "PlaceOnReserve":
    case "RejectApplication":
      return choose(state, applied, command);
    case "WithdrawApplication":
      return withdraw(state, applied, command);
    case "DeclareConflictOfInterest":
      if (state.conflicted.includes(command.by)) return refuse("already-done");
      return accept({
        type: "ConflictOfInterestDeclared",
        data: { ...idsOf(applied), relation: command.relation, note: command.note },
        reasonCode: command.relation,
      });
  }
};
