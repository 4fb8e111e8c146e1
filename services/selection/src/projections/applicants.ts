import {
  applicationContracts,
  evolveApplicationLifecycle,
  isFactOf,
  type ApplicationStage,
  type DecodedEvent,
  type RecordedFactOf,
} from "@safar/contracts";
import type { Projection } from "@safar/read-model";
import type { RankedBy } from "../domain/ranking.ts";

/** One application, as rankings and reactions look for it. */
export interface ApplicantRow extends RankedBy {
  readonly caseId: string;
  readonly vacancyId: string;
  readonly stage: ApplicationStage;
}

type Fact = RecordedFactOf<typeof applicationContracts>;

const rankedBy = (row: ApplicantRow, fact: Fact, position: string): ApplicantRow => {
  switch (fact.type) {
    case "ApplicationSubmitted":
      return { ...row, submittedAt: position, priority: false };
    case "MatchAssessed":
      return { ...row, score: fact.data.score };
    case "PlacedOnReserve":
      return { ...row, priority: fact.data.priority };
    case "CvViewed":
    case "Shortlisted":
    case "InterviewScheduled":
    case "InterviewHeld":
    case "OfferIssued":
    case "OfferAccepted":
    case "OfferDeclined":
    case "ApplicationRejected":
    case "ApplicationWithdrawn":
    case "ConflictOfInterestDeclared":
      return row;
  }
};

const begun = (event: DecodedEvent & Fact): ApplicantRow => ({
  applicationId: event.data.applicationId,
  vacancyId: event.data.vacancyId,
  caseId: event.meta.caseId ?? "",
  stage: "none",
  priority: false,
  score: undefined,
  submittedAt: String(event.position),
});

export const applicants: Projection<ApplicantRow> = {
  name: "applicants",
  version: 1,
  categories: [applicationContracts.category],
  keysOf: (event) => (isFactOf(applicationContracts, event) ? [event.data.applicationId] : []),
  project(row, event) {
    if (!isFactOf(applicationContracts, event)) return row;
    const before = row ?? begun(event);
    const { stage } = evolveApplicationLifecycle({ stage: before.stage, lastEvent: "" }, event);
    return { ...rankedBy(before, event, String(event.position)), stage };
  },
  indexes: ["caseId", "vacancyId"],
};
