import type { FactOf } from "../contract-set.ts";
import type { applicationContracts } from "./application.ts";
import type { candidacyContracts } from "./candidacy.ts";
import type { employerContracts } from "./employer.ts";
import type { vacancyContracts } from "./vacancy.ts";

/**
 * What readers outside selection need of its states; every `evolve…` is pure and total.
 * To come with later work: the quota tender (QuotaTenderAnnounced, QuotaAllocated), EmployerSuspended and
 * EmployerReinstated, VacancyCancelled, OfferLapsed, RosterExpired, SelectionAnnulled, FeeDemandReported.
 */

export type EmployerStatus = "registered" | "contracted";

/** The stream may begin with the contract: a list's partner is registered when its first vacancy comes. */
export const evolveEmployerStatus = (
  status: EmployerStatus,
  fact: Pick<FactOf<typeof employerContracts>, "type">,
): EmployerStatus => {
  switch (fact.type) {
    case "PartnerContractSigned":
      return "contracted";
    case "EmployerRegistered":
      return status;
  }
};

export type VacancyStatus = "unpublished" | "published" | "filled";

export const evolveVacancyStatus = (status: VacancyStatus, fact: FactOf<typeof vacancyContracts>): VacancyStatus => {
  switch (fact.type) {
    case "VacancyPublished":
      return status === "filled" ? status : "published";
    case "VacancyFilled":
      return "filled";
    case "VacancyRevised":
      return status === "filled" && fact.data.positions !== undefined ? "published" : status;
    case "PositionReleased":
      return status === "filled" ? "published" : status;
    case "CriteriaFixed":
    case "PositionReserved":
    case "PositionTaken":
    case "VacancyEntryOverdue":
      return status;
  }
};

export type CandidacyStatus = "open" | "closed";

export const evolveCandidacyStatus = (
  status: CandidacyStatus,
  fact: Pick<FactOf<typeof candidacyContracts>, "type">,
): CandidacyStatus => {
  switch (fact.type) {
    case "CvOpenedToMatching":
      return "open";
    case "CvClosedToMatching":
      return "closed";
    case "AcceptanceReserved":
    case "AcceptanceReleased":
      return status;
  }
};

export type ApplicationStage =
  | "none"
  | "submitted"
  | "shortlisted"
  | "interviewing"
  | "interviewed"
  | "offered"
  | "accepted"
  | "declined"
  | "reserve"
  | "rejected"
  | "withdrawn";

/** Where an application stands for whoever decides on it, and what was recorded last for whoever watches. */
export interface ApplicationLifecycle {
  readonly stage: ApplicationStage;
  /** Type of the last event; empty where there is none. */
  readonly lastEvent: string;
}

export const initialApplicationLifecycle: ApplicationLifecycle = { stage: "none", lastEvent: "" };

type ApplicationFact = FactOf<typeof applicationContracts>;

/** A late interview does not take back what was decided since. */
const BEFORE_THE_OFFER: ReadonlySet<ApplicationStage> = new Set([
  "none",
  "submitted",
  "shortlisted",
  "interviewing",
  "interviewed",
]);

const stageAfter = (stage: ApplicationStage, type: ApplicationFact["type"]): ApplicationStage => {
  switch (type) {
    case "ApplicationSubmitted":
      return "submitted";
    case "Shortlisted":
      return "shortlisted";
    case "InterviewScheduled":
      return BEFORE_THE_OFFER.has(stage) ? "interviewing" : stage;
    case "InterviewHeld":
      return BEFORE_THE_OFFER.has(stage) ? "interviewed" : stage;
    case "OfferIssued":
      return "offered";
    case "OfferAccepted":
      return "accepted";
    case "OfferDeclined":
      return "declined";
    case "PlacedOnReserve":
      return "reserve";
    case "ApplicationRejected":
      return "rejected";
    case "ApplicationWithdrawn":
      return "withdrawn";
    case "MatchAssessed":
    case "CvViewed":
    case "ConflictOfInterestDeclared":
      return stage;
  }
};

export const evolveApplicationLifecycle = (
  life: ApplicationLifecycle,
  fact: Pick<ApplicationFact, "type">,
): ApplicationLifecycle => ({ stage: stageAfter(life.stage, fact.type), lastEvent: fact.type });

/** The last event's name in camelCase (interface.md); `none` where only the kit has written. */
export const applicationStatus = ({ lastEvent }: ApplicationLifecycle): string =>
  lastEvent === "" ? "none" : lastEvent.charAt(0).toLowerCase() + lastEvent.slice(1);
