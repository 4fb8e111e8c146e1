import {
  applicationContracts,
  ApplicationWithdrawn,
  isFactOf,
  OfferDeclined,
  PlacedOnReserve,
  type DecodedEvent,
} from "@safar/contracts";
import { reaction, type CommandPlan } from "@safar/service-kit";
import { candidacy, vacancy } from "../aggregates.ts";
import type { CandidacyCommand } from "../domain/candidacy/commands.ts";
import type { CandidacyState } from "../domain/candidacy/state.ts";
import type { VacancyCommand } from "../domain/vacancy/commands.ts";
import type { VacancyState } from "../domain/vacancy/state.ts";

/** The offer that ended by an event, and why; undefined where none did. */
const endedOffer = (event: DecodedEvent) => {
  if (!isFactOf(applicationContracts, event)) return undefined;
  switch (event.type) {
    case "OfferDeclined":
      return { ...event.data, reason: "offer-declined" };
    case "ApplicationWithdrawn":
      return event.data;
    case "PlacedOnReserve":
      return { ...event.data, reason: event.data.cause };
    case "ApplicationSubmitted":
    case "MatchAssessed":
    case "CvViewed":
    case "Shortlisted":
    case "InterviewScheduled":
    case "InterviewHeld":
    case "OfferIssued":
    case "OfferAccepted":
    case "ApplicationRejected":
    case "ConflictOfInterestDeclared":
      return undefined;
  }
};

/** Its position returns to the vacancy, and the candidate may accept another. */
export const whenOfferEnded = reaction({
  name: "when-offer-ended",
  on: [OfferDeclined, ApplicationWithdrawn, PlacedOnReserve].map((contract) => ({
    category: applicationContracts.category,
    contract,
  })),
  async then(event, edge) {
    const { caseId } = event.meta;
    const ended = endedOffer(event);
    if (caseId === undefined || ended?.offerId === undefined) return [];
    const { offerId, applicationId, vacancyId, reason } = ended;
    const own = { offerId, applicationId, caseId, reason };
    const plans: CommandPlan[] = [];
    if ((await edge.load<VacancyState>(vacancy, vacancyId)).state.held[offerId]) {
      const command: VacancyCommand = { type: "ReleasePosition", ...own };
      plans.push({ aggregate: vacancy, id: vacancyId, command });
    }
    if ((await edge.load<CandidacyState>(candidacy, caseId)).state.acceptance?.offerId === offerId) {
      const command: CandidacyCommand = { type: "ReleaseAcceptance", ...own };
      plans.push({ aggregate: candidacy, id: caseId, command });
    }
    return plans;
  },
});
